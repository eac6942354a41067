/**
 * What was found about each integration, kept in the cache folder from one run to the next. It counts for as long as
 * everything that the rules have read for it is as it was: see `host/reads.ts`.
 */
import type { Checkout } from "../../checkout/model.ts";
import { digest } from "../../host/checksum.ts";
import { cachePath, readCachedJson, writeCachedJson } from "../../host/json-cache.ts";
import type { Read } from "../../host/reads.ts";
import { type FactReaders, ReadsVerifier } from "../../host/verify-reads.ts";
import type { Report, Subject } from "../report.ts";
import type { LintSettings } from "../settings.ts";

/** Ids of the rules that looked; `all` for every rule that the settings let run. */
export type RuleSelection = "all" | readonly string[];

type CachedReport = Pick<Report, "problems" | "skipped">;

interface Entry extends CachedReport {
  readonly selection: RuleSelection;
  /** Places in the list of reads, which many integrations share. */
  readonly reads: readonly number[];
}

interface Contents {
  readonly reads: readonly Read[];
  readonly entries: Readonly<Record<string, Entry>>;
}

/** Findings of one tree in one state of its registry, under one program and its settings. */
export class FindingsCache {
  readonly #path: string;
  readonly #reads: (Read | undefined)[];
  readonly #entries: Map<string, Entry>;
  readonly #again: ReadsVerifier;
  readonly #held = new Map<number, boolean>();
  readonly #places = new Map<string, number>();
  #changed = false;

  private constructor(path: string, { reads, entries }: Contents, factReaders: FactReaders) {
    this.#path = path;
    this.#reads = [...reads];
    this.#entries = new Map(Object.entries(entries));
    this.#again = new ReadsVerifier(factReaders);
    for (const [place, read] of reads.entries()) this.#places.set(keyOf(read), place);
  }

  /**
   * @param program What `programIdentity` said.
   * @param factReaders Answers what the rules ask besides files.
   */
  static async open(
    checkout: Checkout,
    { severities }: LintSettings,
    program: string,
    factReaders: FactReaders,
  ): Promise<FindingsCache> {
    const state = [program, asText(checkout), asText(severities)];
    const path = cachePath("lint", `findings-${digest(state)}`);
    const contents = ((await readCachedJson(path)) as Contents) ?? { reads: [], entries: {} };
    return new FindingsCache(path, contents, factReaders);
  }

  /**
   * @param repairs Whether repairs are wanted, which are not cached: what can be repaired is then looked at anew.
   * @returns What was found; undefined when something has changed since.
   */
  async find(
    subject: Subject,
    wanted: RuleSelection,
    repairs: boolean,
  ): Promise<CachedReport | undefined> {
    const entry = this.#entries.get(idOf(subject));
    if (entry === undefined || !coversAll(entry.selection, wanted)) return undefined;
    if (repairs && entry.problems.some(({ fixable }) => fixable)) return undefined;
    for (const place of entry.reads) {
      // Most places have been looked at for another integration, and waiting costs more than looking.
      if (!(this.#held.get(place) ?? (await this.#holds(place)))) return undefined;
    }
    if (wanted === "all") return entry;
    return {
      problems: entry.problems.filter(({ rule }) => wanted.includes(rule)),
      skipped: entry.skipped.filter(({ rule }) => wanted.includes(rule)),
    };
  }

  async #holds(place: number): Promise<boolean> {
    const read = this.#reads[place];
    const now = read && (await this.#again.same(read));
    this.#held.set(place, now !== undefined);
    if (now && now.mark !== read?.mark) {
      this.#reads[place] = now;
      this.#changed = true;
    }
    return now !== undefined;
  }

  /** @param reads All that the report was found from; undefined when it cannot be relied on. */
  store(
    subject: Subject,
    selection: RuleSelection,
    report: Report,
    reads: readonly Read[] | undefined,
  ): void {
    this.#changed = true;
    this.#entries.delete(idOf(subject));
    if (reads === undefined || report.failed) return;
    const places = reads.map((read) => this.#placeOf(read));
    const { problems, skipped } = report;
    this.#entries.set(idOf(subject), { selection, reads: places, problems, skipped });
  }

  #placeOf(read: Read): number {
    const key = keyOf(read);
    const place = this.#places.get(key) ?? this.#reads.length;
    this.#places.set(key, place);
    this.#reads[place] = read;
    return place;
  }

  /** Keeps what is new, and lets go what no integration has read any more. */
  async save(): Promise<void> {
    if (!this.#changed) return;
    const places = new Map<number, number>();
    const entries = [...this.#entries].map(([id, entry]) => {
      const reads = entry.reads.map((place) => {
        const known = places.get(place) ?? places.size;
        places.set(place, known);
        return known;
      });
      return [id, { ...entry, reads }] as const;
    });
    const reads = [...places.keys()].map((place) => this.#reads[place]);
    await writeCachedJson(this.#path, { reads, entries: Object.fromEntries(entries) });
  }
}

function keyOf({ question, about, answer }: Read): string {
  return `${question}\0${about}\0${answer}`;
}

/** Everything that the registry says of an integration. */
function idOf({ integration, registered }: Subject): string {
  return digest([String(registered), asText(integration)]);
}

function coversAll(selection: RuleSelection, wanted: RuleSelection): boolean {
  if (selection === "all") return true;
  return wanted !== "all" && wanted.every((id) => selection.includes(id));
}

/** Plain data, sets and maps included, as text. */
function asText(data: unknown): string {
  return JSON.stringify(data, (_, value: unknown) =>
    value instanceof Set || value instanceof Map ? [...value] : value,
  );
}
