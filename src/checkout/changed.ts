/** Which files a branch touched, as git tells it. */
import { UserError } from "../errors.ts";
import { runGit } from "../host/git.ts";
import { gitProblem, OTHER_OWNER, trustCommand } from "./git.ts";
import { seenName } from "./names.ts";

/** What differs between a branch's start and the files as they are now. Paths are relative to the checkout's root. */
export interface ChangedFiles {
  /** The commit the branch is compared with. */
  readonly base: string;
  /** Files that were added, changed or removed since, uncommitted and untracked ones included. */
  readonly touched: ReadonlySet<string>;
  /** Those of them that did not exist before. */
  readonly added: ReadonlySet<string>;
  /** Those of them that do not exist any more. */
  readonly removed: ReadonlySet<string>;
}

/** Where a branch usually starts, in the order of asking. */
const usualBases = [
  "upstream/HEAD",
  "upstream/main",
  "upstream/master",
  "origin/HEAD",
  "origin/main",
  "origin/master",
  "main",
  "master",
];

/**
 * Compares the files as they are with the commit where the branch left its base.
 * @param root The checkout's root.
 * @param base A branch, tag or commit; the tree's main branch when left out.
 * @param withoutGit What to do where there is no repository.
 * @throws UserError `no-git` without a repository, `unknown-base` when git does not know the base.
 */
export async function changedFiles(
  root: string,
  base?: string,
  withoutGit = "Name the integrations, or use --all.",
): Promise<ChangedFiles> {
  const git = (...args: string[]) => runGit(args, { cwd: root });
  const problem = await gitProblem(root);
  if (problem !== undefined) {
    throw new UserError(`${sentenceStart(problem)}, so it is not known what changed.`, {
      code: "no-git",
      hint:
        problem === OTHER_OWNER ? `If you trust it, run \`${trustCommand(root)}\`.` : withoutGit,
    });
  }
  const start = await startOf(git, base);
  const difference = await git("diff", "--name-status", "-z", "--no-renames", "--relative", start);
  const untracked = await git("ls-files", "-z", "--others", "--exclude-standard");
  const touched = new Set<string>();
  const added = new Set<string>();
  const removed = new Set<string>();
  const words = difference.stdout.split("\0");
  for (let index = 0; index + 1 < words.length; index += 2) {
    const path = words[index + 1] ?? "";
    touched.add(path);
    if (words[index] === "A") added.add(path);
    if (words[index] === "D") removed.add(path);
  }
  for (const path of untracked.stdout.split("\0").filter((name) => name !== "")) {
    touched.add(path);
    added.add(path);
    removed.delete(path);
  }
  return { base: start, touched, added, removed };
}

type Git = (...args: string[]) => ReturnType<typeof runGit>;

/** The commit where the branch left its base. */
async function startOf(git: Git, base: string | undefined): Promise<string> {
  for (const name of base === undefined ? usualBases : [base]) {
    const commit = await git("rev-parse", "--verify", "--quiet", `${name}^{commit}`);
    if (commit.exitCode !== 0) continue;
    const id = commit.stdout.trim();
    const common = await git("merge-base", id, "HEAD");
    if (common.exitCode === 0) return common.stdout.trim();
    // Histories without a common commit are compared as they are; a part of one may have lost it.
    if (!(await isShallow(git))) return id;
    throw unknownBase("This clone does not have the commit where the branch left its base.", true);
  }
  const what =
    base === undefined
      ? "The base of this branch is not known."
      : `Git knows no commit called ${seenName(base)}.`;
  throw unknownBase(what, await isShallow(git));
}

const isShallow = async (git: Git): Promise<boolean> =>
  (await git("rev-parse", "--is-shallow-repository")).stdout.trim() === "true";

function unknownBase(what: string, isPart: boolean): UserError {
  return new UserError(what, {
    code: "unknown-base",
    hint: isPart
      ? "This clone has only part of the history: run `git fetch --unshallow`, or set fetch-depth: 0 in CI."
      : "Name a branch, tag or commit that git knows, such as origin/main.",
  });
}

const sentenceStart = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
