/** Which files a branch touched, as git tells it. */
import { UserError } from "../errors.ts";
import { runGit } from "../host/git.ts";
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
 * @throws UserError `no-git` without a repository, `unknown-base` when git does not know the base.
 */
export async function changedFiles(root: string, base?: string): Promise<ChangedFiles> {
  const git = (...args: string[]) => runGit(args, { cwd: root });
  if ((await git("rev-parse", "--git-dir")).exitCode !== 0) {
    throw new UserError("The tree is not a git repository, so it is not known what changed.", {
      code: "no-git",
      hint: "Name the integrations, or use --all.",
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
    // Histories without a common commit are compared as they are.
    return common.exitCode === 0 ? common.stdout.trim() : id;
  }
  throw new UserError(
    base === undefined
      ? "The base of this branch is not known."
      : `Git knows no commit called ${seenName(base)}.`,
    {
      code: "unknown-base",
      hint: "Name a branch or commit that git knows, as in --changed origin/main.",
    },
  );
}
