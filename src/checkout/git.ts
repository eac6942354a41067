/** What git says about a tree. Everything here works, with less to say, where git or a repository is missing. */
import { posix, relative, sep } from "node:path";
import { realPath } from "../host/files.ts";
import { runGit } from "../host/git.ts";
import { shellCommand } from "../host/shell-command.ts";

/**
 * The folder of the git repository that a folder belongs to.
 * @returns Undefined when there is no git or no repository.
 */
export const gitRoot = (folder: string): Promise<string | undefined> =>
  folderFromGit(folder, "--show-toplevel");

/**
 * The folder with what git knows of this work tree alone: what is checked out, and the log of that.
 * @returns Undefined when there is no git or no repository.
 */
export const gitFolder = (folder: string): Promise<string | undefined> =>
  folderFromGit(folder, "--absolute-git-dir");

async function folderFromGit(folder: string, which: string): Promise<string | undefined> {
  const result = await runGit(["rev-parse", which], { cwd: folder });
  return result.exitCode === 0 ? result.stdout.replace(/\r?\n$/, "") : undefined;
}

/**
 * The folder of a tree in its repository, with a slash at its end; empty where they are the same. Services that show
 * findings beside lines name files from the repository's root.
 */
export async function folderInRepository(root: string): Promise<string> {
  const repository = await gitRoot(root);
  if (repository === undefined) return "";
  const folder = relative(realPath(repository), realPath(root)).split(sep).join("/");
  return folder === "" || folder.startsWith("..") ? "" : `${folder}/`;
}

/**
 * Why git says nothing of a folder, as half a sentence: there is no repository, or it belongs to somebody else, as it
 * often does in a container.
 * @returns Undefined when git does say something.
 */
export async function gitProblem(folder: string): Promise<string | undefined> {
  const options = { cwd: folder, env: { LC_ALL: "C" } };
  const { exitCode, stderr } = await runGit(["rev-parse", "--git-dir"], options);
  if (exitCode === 0) return undefined;
  return stderr.includes("dubious ownership") ? OTHER_OWNER : "the tree is not a git repository";
}

export const OTHER_OWNER = "git does not read a repository of another owner";

/** The command that has git read it all the same. */
export const trustCommand = (folder: string): string =>
  shellCommand("git", "config", "--global", "--add", "safe.directory", folder);

/** The files below some folders, as git sees them. */
export interface KnownFiles {
  /** What it tracks, added files included. */
  readonly tracked: ReadonlySet<string>;
  /** What of that the last commit does not have: it is only added. */
  readonly staged: ReadonlySet<string>;
  /** What it tracks and a sparse checkout leaves out of the tree. */
  readonly leftOut: ReadonlySet<string>;
  /** What it neither tracks nor ignores. */
  readonly untracked: ReadonlySet<string>;
  /** What the last commit has under another name, and that name. */
  readonly renamed: ReadonlyMap<string, string>;
}

/**
 * What git knows of the files below some folders.
 * @param root The checkout's root.
 * @param folders POSIX paths relative to the root.
 * @returns Undefined when there is no git or no repository.
 */
export async function knownFiles(
  root: string,
  ...folders: readonly string[]
): Promise<KnownFiles | undefined> {
  const list = ["ls-files", "-z", "-t", "--cached", "--others", "--exclude-standard"];
  const [result, added] = await Promise.all([
    runGit([...list, ...literally(folders)], { cwd: root }),
    runGit([...SINCE_COMMIT, ...literally(folders)], { cwd: root }),
  ]);
  if (result.exitCode !== 0) return undefined;
  const tracked = new Set<string>();
  const untracked = new Set<string>();
  const leftOut = new Set<string>();
  for (const line of result.stdout.split("\0")) {
    if (line === "") continue;
    (line.startsWith("? ") ? untracked : tracked).add(line.slice(2));
    if (line.startsWith("S ")) leftOut.add(line.slice(2));
  }
  // Without a commit there is nothing to compare with, and nothing that is older.
  if (added.exitCode !== 0) {
    return { tracked, staged: tracked, untracked, leftOut, renamed: new Map() };
  }
  const changes = readChanges(added.stdout);
  const staged = new Set(changes.filter(({ status }) => status === "A").map(({ path }) => path));
  return { tracked, staged, untracked, leftOut, renamed: renamedIn(changes) };
}

/** What is in the index and not in the last commit, files of `git add -N` included. */
const SINCE_COMMIT = [
  ...["diff", "--cached", "--ita-visible-in-index", "--name-status", "-z"],
  ...["--find-renames", "--relative", "HEAD"],
];

/** One file of a difference, as git tells it. */
interface FileDifference {
  /** `A`dded, `M`odified, `D`eleted and so on. A file that was moved to another folder is deleted, and added there. */
  readonly status: string;
  readonly path: string;
  /** The name that it had, by its likeness to a file that is gone. */
  readonly from?: string;
}

/** Reads what `git diff --name-status -z --find-renames` prints. */
export function readChanges(output: string): FileDifference[] {
  const words = output.split("\0");
  const changes: FileDifference[] = [];
  for (let index = 0; index + 1 < words.length; index += 2) {
    const [status = "", path = ""] = words.slice(index, index + 2);
    if (!status.startsWith("R")) {
      changes.push({ status: status.charAt(0), path });
      continue;
    }
    const now = words[index + 2] ?? "";
    index += 1;
    // Elsewhere, a file that is like another one may as well be a new one that was begun as a copy.
    const kind = posix.dirname(path) === posix.dirname(now) ? "R" : "A";
    changes.push({ status: "D", path }, { status: kind, path: now, from: path });
  }
  return changes;
}

/** Former names by new ones. */
export function renamedIn(changes: readonly FileDifference[]): Map<string, string> {
  return new Map(
    changes.flatMap(({ path, from }) => (from === undefined ? [] : [[path, from] as const])),
  );
}

/**
 * Which tracked files at or below some paths are not as the last commit has them.
 * @param root The checkout's root.
 * @param paths POSIX paths of files and folders relative to the root.
 * @returns Undefined when there is no git, no repository or no commit.
 */
export function changedFiles(
  root: string,
  paths: readonly string[],
): Promise<Set<string> | undefined> {
  return pathsFrom(
    root,
    ["diff", "--name-only", "-z", "--no-renames", "--relative", "HEAD"],
    paths,
  );
}

/**
 * The text that a file has in a commit.
 * @param path POSIX path relative to the root.
 * @returns Undefined when the commit does not have it, or there is no commit or no git.
 */
export async function committedText(
  root: string,
  commit: string,
  path: string,
): Promise<string | undefined> {
  const result = await runGit(["show", `${commit}:./${path}`], { cwd: root });
  return result.exitCode === 0 ? result.stdout : undefined;
}

/**
 * Which of the files at or below some paths git could not bring back: those that its last commit does not have as
 * they are now. Ignored files count.
 * @param root The checkout's root.
 * @param paths POSIX paths of files and folders relative to the root.
 * @returns Undefined when there is no git, no repository or no commit: then git has none of them.
 */
export async function uncommittedFiles(
  root: string,
  paths: readonly string[],
): Promise<Set<string> | undefined> {
  const changed = await changedFiles(root, paths);
  const others = changed && (await pathsFrom(root, ["ls-files", "-z", "--others"], paths));
  return others && new Set([...changed, ...others]);
}

async function pathsFrom(
  root: string,
  command: readonly string[],
  paths: readonly string[],
): Promise<Set<string> | undefined> {
  const result = await runGit([...command, ...literally(paths)], { cwd: root });
  if (result.exitCode !== 0) return undefined;
  return new Set(result.stdout.split("\0").filter((path) => path !== ""));
}

/** Paths are data here: `:(literal)` keeps git from reading `*` and `:` in them as patterns. */
function literally(paths: readonly string[]): string[] {
  return ["--", ...paths.map((path) => `:(literal)${path}`)];
}
