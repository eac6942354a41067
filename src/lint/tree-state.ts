/**
 * What git, the branch and all views together say of a tree. Whoever asks leaves a note of the answer, and not of all
 * files behind it: findings are kept for as long as the answer stays.
 */
import type { ChangedFiles } from "../checkout/changed.ts";
import { changedFiles, committedText, type KnownFiles } from "../checkout/git.ts";
import type { Checkout } from "../checkout/model.ts";
import { digest } from "../host/checksum.ts";
import { noteAnswer, unrecorded } from "../host/reads.ts";
import type { FactReaders } from "../host/verify-reads.ts";
import { validatorUse } from "./view-validation.ts";

/** Answers of one run. Paths are relative to the tree's root. */
export class TreeState {
  readonly #checkout: Checkout;
  readonly #known: KnownFiles | undefined;
  readonly #problem: string;
  readonly #branch: Partial<ChangedFiles>;
  readonly #before = new Map<string, Promise<string | undefined>>();
  #validatorUse: ReadonlyMap<string, boolean> | undefined;
  #changed: Promise<ReadonlySet<string> | undefined> | undefined;

  /**
   * @param known What git knows of the files of integrations, or as half a sentence why it knows nothing.
   * @param branch What the branch under review changed.
   */
  constructor(
    checkout: Checkout,
    known: KnownFiles | string = "git does not list its files",
    branch: Partial<ChangedFiles> = {},
  ) {
    this.#checkout = checkout;
    this.#known = typeof known === "string" ? undefined : known;
    this.#problem = typeof known === "string" ? known : "";
    this.#branch = branch;
  }

  /** Whether a file is new on the branch. What no commit has yet is new, whatever the branch is compared with. */
  isNew(path: string): boolean {
    return this.#now("new", path) === "true";
  }

  /** Whether the last commit has a file of `zerver/webhooks` as it is, and the branch under review has not touched it. */
  async isSettled(path: string): Promise<boolean> {
    const answer = await this.factReaders.settled(path);
    noteAnswer("settled", path, answer);
    return answer === "true";
  }

  /**
   * The text of a file before the change under review: without a branch, that of the last commit.
   * @returns Undefined where there was none, or git does not say.
   */
  async textBefore(path: string): Promise<string | undefined> {
    noteAnswer("text before", path, await this.factReaders["text before"](path));
    return this.#textBefore(path);
  }

  /** Whether the tree is compared with the base of a branch: what users have there must not break. */
  hasBase(): boolean {
    return this.#now("base", "") === "true";
  }

  /**
   * The name that a file had before the change under review.
   * @returns Undefined where it had none, or the same.
   */
  formerName(path: string): string | undefined {
    return this.#now("former name", path) || undefined;
  }

  /** The name that a file has now which is not there any more under that one; undefined where it has none. */
  newName(path: string): string | undefined {
    return this.#now("new name", path) || undefined;
  }

  /** Whether git tracks a file, or as half a sentence why nobody knows. */
  isTracked(path: string): boolean | string {
    const answer = this.#now("tracked", path);
    return answer === "true" || (answer === "false" ? false : answer);
  }

  /** Whether git tracks anything below a folder. */
  tracksBelow(folder: string): boolean {
    return this.#now("tracked below", folder) === "true";
  }

  /** Whether a sparse checkout leaves out something below a folder. */
  leavesOut(folder: string): boolean {
    return this.#now("left out", folder) === "true";
  }

  /**
   * Whether at least half of the views that read a payload use the library's validators.
   * @param module The module of the view that asks, which is not counted.
   */
  validatesUsually(module: string): boolean {
    return this.#now("validates usually", module) === "true";
  }

  #now(
    question: Exclude<keyof TreeState["factReaders"], "settled" | "text before">,
    about: string,
  ): string {
    const answer = this.factReaders[question](about);
    noteAnswer(question, about, answer);
    return answer;
  }

  /** Asks git once, and only when somebody wants to know. */
  #changedFiles(): Promise<ReadonlySet<string> | undefined> {
    this.#changed ??= unrecorded(() => changedFiles(this.#checkout.root, ["zerver/webhooks"]));
    return this.#changed;
  }

  #textBefore(path: string): Promise<string | undefined> {
    const { root } = this.#checkout;
    const known =
      this.#before.get(path) ??
      unrecorded(() => committedText(root, this.#branch.base ?? "HEAD", path));
    this.#before.set(path, known);
    return known;
  }

  /** How each question is answered. */
  readonly factReaders = {
    new: (path) => {
      const { untracked, staged } = this.#known ?? {};
      const added = this.#branch.added?.has(path);
      return String(added || untracked?.has(path) || staged?.has(path) || false);
    },
    settled: async (path) => {
      const { touched, added } = this.#branch;
      const isTouched = touched?.has(path) || added?.has(path) || false;
      if (this.#known?.tracked.has(path) !== true || isTouched) return "false";
      const changed = await this.#changedFiles();
      return String(changed?.has(path) === false);
    },
    "text before": async (path) => digest([(await this.#textBefore(path)) ?? "none"]),
    base: () => String(this.#branch.base !== undefined),
    "validates usually": (module) => {
      this.#validatorUse ??= unrecorded(() => validatorUse(this.#checkout));
      const others = [...this.#validatorUse].filter(([other]) => other !== module);
      return String(others.filter(([, uses]) => uses).length * 2 >= others.length);
    },
    "former name": (path) =>
      this.#branch.renamed?.get(path) ?? this.#known?.renamed.get(path) ?? "",
    "new name": (path) => {
      const all = [...(this.#branch.renamed ?? []), ...(this.#known?.renamed ?? [])];
      return all.find(([, former]) => former === path)?.[0] ?? "";
    },
    tracked: (path) => (this.#known ? String(this.#known.tracked.has(path)) : this.#problem),
    "tracked below": (folder) => String(hasBelow(this.#known?.tracked, folder)),
    "left out": (folder) => String(hasBelow(this.#known?.leftOut, folder)),
  } satisfies FactReaders;
}

function hasBelow(paths: ReadonlySet<string> | undefined, folder: string): boolean {
  return [...(paths ?? [])].some((path) => path.startsWith(`${folder}/`));
}
