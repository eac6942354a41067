/**
 * What work asks of the files: written down while it runs, so that its result can be kept for as long as all of it is as
 * it was. The functions of this folder that read files write down what they were asked, whoever calls them.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import { type Stats, statSync } from "node:fs";
import { digest } from "./checksum.ts";

/**
 * What can be asked of a path: the bytes of a file, whether something is there and of what kind, what a folder holds, a
 * file's size, its size and time, where a link points, and where a path really is.
 */
export type FileQuestion =
  | "content"
  | "presence"
  | "kind"
  | "names"
  | "size"
  | "facts"
  | "link"
  | "place";

/** One question and its answer. */
export interface Read {
  /** A `FileQuestion`, or what the work itself wrote down with `noteAnswer`. */
  readonly question: string;
  /** An absolute path, or what else the question is about. */
  readonly about: string;
  readonly answer: string;
  /** The file's or folder's own marks just before it was read; while they stay, so does the answer. */
  readonly mark?: string | undefined;
}

const current = new AsyncLocalStorage<Reads | undefined>();

/** What some work has read so far. */
export class Reads {
  readonly #answers = new Map<string, Read>();
  readonly #parts = new Set<Reads>();
  #unsure = 0;

  /** Everything it read; undefined when asking again would not show whether that is still so. */
  all(): Read[] | undefined {
    const found = new Map<string, Read>();
    const seen = new Set<Reads>();
    return this.#gather(found, seen) ? [...found.values()] : undefined;
  }

  #gather(found: Map<string, Read>, seen: Set<Reads>): boolean {
    if (seen.has(this)) return true;
    seen.add(this);
    if (this.#unsure > 0) return false;
    for (const [key, read] of this.#answers) {
      const known = found.get(key);
      // A file that changed while the work went on has been seen in two ways.
      if (known !== undefined && known.answer !== read.answer) return false;
      found.set(key, read);
    }
    return [...this.#parts].every((part) => part.#gather(found, seen));
  }

  /** @returns Takes the answer; a question that is never answered makes all of it unsure. */
  ask(question: string, about: string, mark?: string): (answer: string) => void {
    this.#unsure += 1;
    return (answer) => {
      this.#unsure -= 1;
      const key = `${question}\0${about}`;
      if ((this.#answers.get(key)?.answer ?? answer) !== answer) this.#unsure += 1;
      this.#answers.set(key, { question, about, answer, mark });
    };
  }

  /** Takes in what other work read, and will read while it goes on. */
  include(part: Reads): void {
    if (part !== this) this.#parts.add(part);
  }
}

/** Runs work, and writes down what it reads, what it waits for included. Work around it has read the same. */
export function recordReads<T>(reads: Reads, work: () => T): T {
  current.getStore()?.include(reads);
  return current.run(reads, work);
}

/** Takes in what earlier work has read, whose result is used in the place of doing it again. */
export function noteReads(reads: readonly Read[]): void {
  const store = current.getStore();
  for (const { question, about, answer, mark } of reads) store?.ask(question, about, mark)(answer);
}

/** Runs work whose result does not depend on what it reads, such as looking into a cache. */
export function unrecorded<T>(work: () => T): T {
  return current.run(undefined, work);
}

/**
 * For the functions that read: notes that something is asked of a path. To be called before it is read.
 * @returns Takes the answer; undefined when nothing is written down.
 */
export function asking(
  question: FileQuestion,
  path: string,
): ((answer: string) => void) | undefined {
  const reads = current.getStore();
  return reads?.ask(question, path, MARKED.has(question) ? markOf(statNow(path)) : undefined);
}

/** Notes the answer to a question of another kind, which who keeps the result knows how to ask again. */
export function noteAnswer(question: string, about: string, answer: string): void {
  current.getStore()?.ask(question, about)(answer);
}

/** Notes that the work did something whose outcome cannot be asked for again, such as running a program. */
export function noteUnrepeatable(what: string): void {
  current.getStore()?.ask("unrepeatable", what);
}

/** Answers that are found once and shared. Whoever takes one has asked all that it was found from. */
export class Remembered {
  readonly #known = new Map<string, { value: unknown; reads: Reads | undefined }>();

  /** @param key Stands for the whole computation, arguments included. */
  once<T>(key: string, compute: () => T): T {
    const active = current.getStore();
    let known = this.#known.get(key);
    if (known === undefined) {
      const reads = active && new Reads();
      known = { value: reads ? recordReads(reads, compute) : compute(), reads };
      this.#known.set(key, known);
    }
    // What was found while nobody wrote down its reads cannot be relied on.
    if (known.reads) active?.include(known.reads);
    else active?.ask("unrepeatable", key);
    return known.value as T;
  }
}

/** The answer of a path where there is nothing. */
export const NOTHING = "-";

/** The answer to `content`. */
export function contentAnswer(bytes: Uint8Array | undefined): string {
  return bytes === undefined ? NOTHING : digest([bytes]);
}

/** The answer to `kind`. */
export function kindAnswer(stat: Stats | undefined): string {
  if (stat === undefined) return NOTHING;
  if (stat.isFile()) return "file";
  return stat.isDirectory() ? "folder" : "other";
}

/** The answer to `names`. */
export function namesAnswer(entries: readonly { name: string; kind: string }[]): string {
  return digest(entries.flatMap(({ name, kind }) => [name, kind]));
}

/** The answer to `size`. */
export function sizeAnswer(stat: Stats | undefined): string {
  return String(stat?.size ?? 0);
}

/** The answer to `facts`. */
export function factsAnswer(stat: Stats | undefined): string {
  return stat === undefined ? NOTHING : `${stat.size} ${stat.mtimeMs}`;
}

/** Questions whose answer takes longer to find than the marks. */
export const MARKED: ReadonlySet<string> = new Set<FileQuestion>(["content", "names"]);

/**
 * How long a change must lie back for the marks to show the next one: clocks of disks tick in steps of up to two seconds,
 * and two changes in one step leave the same marks.
 */
const SETTLED_MS = 2_500;

/**
 * A file's or folder's marks: its size, times and number on the disk.
 * @returns Undefined when there is nothing, or when it changed so lately that the marks prove nothing.
 */
export function markOf(stat: Stats | undefined): string | undefined {
  if (stat === undefined) return undefined;
  const { size, mtimeMs, ctimeMs, ino, dev } = stat;
  if (Date.now() - Math.max(mtimeMs, ctimeMs) < SETTLED_MS) return undefined;
  return [size, mtimeMs, ctimeMs, ino, dev].join(" ");
}

function statNow(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    // Whoever reads it will say why it cannot be read.
    return undefined;
  }
}
