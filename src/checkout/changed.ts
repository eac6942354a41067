/** Which files a branch touched, as git tells it. */
import { posix } from "node:path";
import { UserError } from "../errors.ts";
import { runGit } from "../host/git.ts";
import {
  gitProblem,
  knownFiles,
  OTHER_OWNER,
  readChanges,
  renamedIn,
  trustCommand,
} from "./git.ts";
import { seenName } from "./names.ts";

/** What differs between a branch's start and the files as they are now. Paths are relative to the checkout's root. */
export interface ChangedFiles {
  /** The commit the branch is compared with. */
  readonly base: string;
  /** Files that were added, changed or removed since, uncommitted and untracked ones included. */
  readonly touched: ReadonlySet<string>;
  /** Those of them that did not exist before. A file that only got another name in its folder did. */
  readonly added: ReadonlySet<string>;
  /** Those of them that do not exist any more, at least under this name. */
  readonly removed: ReadonlySet<string>;
  /** Former names by new ones, as git tells by likeness. */
  readonly renamed: ReadonlyMap<string, string>;
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
  const difference = await git(
    "diff",
    "--name-status",
    "-z",
    "--find-renames",
    "--relative",
    start,
  );
  const untracked = await git("ls-files", "-z", "--others", "--exclude-standard");
  const changes = readChanges(difference.stdout);
  const touched = new Set(changes.map(({ path }) => path));
  const having = (wanted: string): string[] =>
    changes.flatMap(({ status, path }) => (status === wanted ? path : []));
  const [added, removed] = [new Set(having("A")), new Set(having("D"))];
  for (const path of untracked.stdout.split("\0").filter((name) => name !== "")) {
    touched.add(path);
    added.add(path);
    removed.delete(path);
  }
  return { base: start, touched, added, removed, renamed: renamedIn(changes) };
}

/**
 * What a file is called now that was renamed since the branch left the tree's main branch; where that is not known,
 * since the last commit.
 * @param path Relative to the root.
 * @returns Undefined where git knows of no new name.
 */
export async function newNameOf(root: string, path: string): Promise<string | undefined> {
  const renamed = await changedFiles(root).then(
    (changed) => changed.renamed,
    async (error: unknown) => {
      if (!(error instanceof UserError)) throw error;
      return (await knownFiles(root, posix.dirname(path)))?.renamed ?? new Map<string, string>();
    },
  );
  return [...renamed].find(([, former]) => former === path)?.[0];
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
