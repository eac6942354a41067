/** What git and the branch say about the files of a tree. Whoever asks leaves a note of what was answered. */
import type { KnownFiles } from "../checkout/git.ts";
import { noteAnswer } from "../host/reads.ts";
import type { FactReaders } from "../host/verify-reads.ts";

/** Answers of one run. Paths are relative to the tree's root. */
export class FileStates {
  readonly #known: KnownFiles | undefined;
  readonly #added: ReadonlySet<string>;
  readonly #touched: ReadonlySet<string>;

  /**
   * @param known What git knows of the files below `zerver/webhooks`; undefined when the tree is no git repository.
   * @param added Files that the branch under review added.
   * @param touched Files that it added or changed.
   */
  constructor(
    known: KnownFiles | undefined,
    added: ReadonlySet<string> = new Set(),
    touched: ReadonlySet<string> = added,
  ) {
    this.#known = known;
    this.#added = added;
    this.#touched = touched;
  }

  /** Whether a file is new on the branch. What git does not know yet is new, whatever the branch is compared with. */
  isNew(path: string): boolean {
    return this.#ask("new", path) === "true";
  }

  /** Whether the branch under review added or changed a file; false where no branch is. */
  isTouched(path: string): boolean {
    return this.#ask("touched", path) === "true";
  }

  /** Whether git tracks a file; undefined when the tree is no git repository. */
  isTracked(path: string): boolean | undefined {
    const answer = this.#ask("tracked", path);
    return answer === "undefined" ? undefined : answer === "true";
  }

  /** Whether git tracks anything below a folder. */
  tracksBelow(folder: string): boolean {
    return this.#ask("tracked below", folder) === "true";
  }

  #ask(question: string, about: string): string {
    const answer = this.factReaders[question]?.(about) ?? "";
    noteAnswer(question, about, answer);
    return answer;
  }

  /** How each question is answered. */
  readonly factReaders: FactReaders = {
    new: (path) => String(this.#added.has(path) || this.#known?.untracked.has(path) === true),
    touched: (path) => String(this.#touched.has(path)),
    tracked: (path) => String(this.#known?.tracked.has(path)),
    "tracked below": (folder) => {
      const below = `${folder}/`;
      return String([...(this.#known?.tracked ?? [])].some((path) => path.startsWith(below)));
    },
  };
}
