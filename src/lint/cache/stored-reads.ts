/** What rules have read, as it is kept: lists of reads, which many rules and integrations share. */
import type { Read, Reads } from "../../host/reads.ts";
import { type FactReaders, ReadsVerifier } from "../../host/verify-reads.ts";

/** As the cache's file has them. */
export interface ReadLists {
  readonly reads: readonly Read[];
  /** Each is a list of places among the reads. */
  readonly lists: readonly (readonly number[])[];
}

/** Lists of reads, known by their places; each is verified at most once. */
export class StoredReads implements ReadLists {
  readonly reads: Read[];
  readonly lists: (readonly number[])[];
  readonly #again: ReadsVerifier;
  readonly #held = new Map<number, boolean>();
  readonly #heldLists = new Map<number, boolean>();
  #index: { places: Map<string, number>; lists: Map<string, number> } | undefined;
  #hasNewMarks = false;

  constructor({ reads, lists }: ReadLists, factReaders: FactReaders) {
    this.reads = [...reads];
    this.lists = [...lists];
    this.#again = new ReadsVerifier(factReaders);
  }

  /** Whether a file has other marks than it had, and the same answer: the next run is spared reading it. */
  get hasNewMarks(): boolean {
    return this.#hasNewMarks;
  }

  /** Whether a list is known to hold; undefined when that has not been asked. */
  known(list: number): boolean | undefined {
    return this.#heldLists.get(list);
  }

  /** Whether all reads of a list have the answers that they had. */
  async verify(list: number): Promise<boolean> {
    let holds = true;
    for (const place of this.lists[list] ?? []) {
      holds = this.#held.get(place) ?? (await this.#verifyRead(place));
      if (!holds) break;
    }
    this.#heldLists.set(list, holds);
    return holds;
  }

  async #verifyRead(place: number): Promise<boolean> {
    const read = this.reads[place];
    const now = read && (await this.#again.same(read));
    this.#held.set(place, now !== undefined);
    if (now && now.mark !== read?.mark) {
      this.reads[place] = now;
      this.#hasNewMarks = true;
    }
    return now !== undefined;
  }

  /** @returns The place of a list of what was read; undefined when that cannot be relied on. */
  add(reads: Reads): number | undefined {
    const all = reads.all();
    if (all === undefined) return undefined;
    this.#index ??= {
      places: new Map(this.reads.map((read, place) => [keyOf(read), place])),
      lists: new Map(this.lists.map((list, place) => [list.join(), place])),
    };
    const { places, lists } = this.#index;
    const list = all.map((read) => {
      const key = keyOf(read);
      const place = places.get(key) ?? this.reads.length;
      places.set(key, place);
      this.reads[place] = read;
      return place;
    });
    const key = list.sort((a, b) => a - b).join();
    const place = lists.get(key) ?? this.lists.length;
    lists.set(key, place);
    this.lists[place] = list;
    return place;
  }
}

/** Gives new places to the lists and reads that are still in use. */
export class ListsInUse {
  readonly #stored: ReadLists;
  readonly #lists = new Map<number, number>();
  readonly #reads = new Map<number, number>();

  constructor(stored: ReadLists) {
    this.#stored = stored;
  }

  /** The new place of a list. */
  place(list: number): number {
    return placeIn(this.#lists, list);
  }

  /** All lists that were given places. */
  contents(): ReadLists {
    const { reads, lists } = this.#stored;
    const kept = [...this.#lists.keys()].map((list) =>
      (lists[list] ?? []).map((read) => placeIn(this.#reads, read)),
    );
    return { lists: kept, reads: [...this.#reads.keys()].flatMap((place) => reads[place] ?? []) };
  }
}

function placeIn(places: Map<number, number>, old: number): number {
  const place = places.get(old) ?? places.size;
  places.set(old, place);
  return place;
}

function keyOf({ question, about, answer }: Read): string {
  return `${question}\0${about}\0${answer}`;
}
