/** Asking again what some work has read: whether all of it is as it was. */
import { existsSync, type Stats, statSync } from "node:fs";
import { listDirectory, realPath } from "./files.ts";
import { linkTarget } from "./links.ts";
import { readBytesNow } from "./read-now.ts";
import {
  contentAnswer,
  type FileQuestion,
  factsAnswer,
  kindAnswer,
  MARKED,
  markOf,
  NOTHING,
  namesAnswer,
  type Read,
  sizeAnswer,
} from "./reads.ts";

/** Answers questions of other kinds, by their names. */
export type FactReaders = Readonly<Record<string, (about: string) => string | Promise<string>>>;

/** Asks each question once, and looks at each file once. */
export class ReadsVerifier {
  readonly #factReaders: FactReaders;
  readonly #stats = new Map<string, Stats | undefined>();
  readonly #fileReaders: Record<FileQuestion, (path: string) => string | Promise<string>> = {
    content: (path) => contentAnswer(readBytesNow(path)),
    names: async (path) => namesAnswer(await listDirectory(path)),
    link: async (path) => (await linkTarget(path)) ?? NOTHING,
    place: realPath,
    presence: (path) => String(existsSync(path)),
    kind: (path) => kindAnswer(this.#statOf(path)),
    size: (path) => sizeAnswer(this.#statOf(path)),
    facts: (path) => factsAnswer(this.#statOf(path)),
  };

  /** @param factReaders Answers what `noteAnswer` wrote down. */
  constructor(factReaders: FactReaders) {
    this.#factReaders = factReaders;
  }

  /**
   * Whether a question has the answer that it had.
   * @returns The question with the marks of now; undefined when the answer is another one or cannot be found.
   */
  async same(read: Read): Promise<Read | undefined> {
    const { question, about, answer, mark } = read;
    try {
      // The marks come first: what changes after them is seen the next time.
      const now = mark === undefined && !MARKED.has(question) ? undefined : this.#markOf(about);
      if (mark !== undefined && mark === now) return read;
      const said = await this.#ask(question, about);
      return said === answer ? { question, about, answer, mark: now } : undefined;
    } catch {
      // What cannot be read is not as it was.
      return undefined;
    }
  }

  #ask(question: string, about: string): string | Promise<string> | undefined {
    const reader =
      this.#factReaders[question] ??
      (Object.hasOwn(this.#fileReaders, question)
        ? this.#fileReaders[question as FileQuestion]
        : undefined);
    return reader?.(about);
  }

  #markOf(path: string): string | undefined {
    return markOf(this.#statOf(path));
  }

  #statOf(path: string): Stats | undefined {
    if (!this.#stats.has(path)) this.#stats.set(path, statSync(path, { throwIfNoEntry: false }));
    return this.#stats.get(path);
  }
}
