/** A tree as it was at a commit, beside the one that is worked in. */
import { join } from "node:path";
import { UserError } from "../errors.ts";
import { isFile } from "../host/files.ts";
import { runGit } from "../host/git.ts";
import { temporaryFolder } from "../host/temp.ts";
import { AVATAR_TOOL } from "./avatar-tool.ts";
import { EMOJI_NAMES } from "./emoji.ts";
import { registryPath } from "./find.ts";
import { SCREENSHOT_TOOLS } from "./screenshot-tool.ts";

/** A folder with files of a commit. */
export interface Revision {
  /** Absolute; it looks like the checkout's root. */
  readonly root: string;
  /** Removes it. */
  release(): Promise<void>;
}

/**
 * What integrations are made of and built on, pictures and fixtures included, how the tree looks, and what else of the
 * tree decides what the program says of an integration: left out, the base would differ where nothing has changed.
 */
const WANTED = [
  /^zerver\/webhooks\//,
  /^zerver\/.*\.py$/,
  /^zproject\/[^/]+\.py$/,
  /^static\/images\/(integrations|logo)\//,
  /^templates\/zerver\/(integrations\/|help\/|app\/index\.html$)/,
  /^(help|(starlight_help|help-beta)\/src\/content\/docs)\/.*\.(md|mdx)$/,
  /^web\/(styles|templates|third|src\/bundles|images\/icons|shared\/icons)\/|^web\/src\/css_variables\.\w+$/,
  /^tools\/(lint|linter_lib\/custom_check\.py)$/,
  /^(version\.py|pyproject\.toml|ruff\.toml|\.gitignore|connect-webhook[\w.]*\.json)$/,
];
const WANTED_TOOLS = new Set([...SCREENSHOT_TOOLS, AVATAR_TOOL, EMOJI_NAMES]);
const UNWANTED = /^zerver\/(migrations|tests\/[^/]+|transaction_tests|management)\//;

/**
 * Puts the files of a commit that integrations need into a temporary folder. The work tree, the index and the
 * repository stay as they are: git is lent an index of its own.
 * @param root The checkout's root; the tree may be a folder of a larger repository.
 * @param commit A commit that git knows.
 * @returns Undefined when there was no Connect tree in this place at that commit.
 * @throws UserError `broken-history` when git lacks the files, as in a partial clone without a network.
 */
export async function revisionOf(root: string, commit: string): Promise<Revision | undefined> {
  const top = await answer(root, "rev-parse", "--show-toplevel");
  const prefix = await answer(root, "rev-parse", "--show-prefix");
  const folder = await temporaryFolder("revision");
  try {
    const env = { GIT_INDEX_FILE: join(folder.path, "index") };
    const git = (args: readonly string[], input?: string) =>
      runGit(args, { cwd: top, env, ...(input !== undefined && { input }) });
    const tree = await git(["read-tree", `${commit}:${prefix.replace(/\/$/, "")}`]);
    const listed = tree.exitCode === 0 ? await git(["ls-files", "-z"]) : tree;
    const paths = listed.stdout.split("\0").filter(isWanted);
    const target = join(folder.path, "tree");
    if (paths.includes(registryPath)) {
      const args = ["checkout-index", "--quiet", "-z", "--stdin", `--prefix=${target}/`];
      const made = await git(args, paths.map((path) => `${path}\0`).join(""));
      if (made.exitCode !== 0 || !isFile(join(target, registryPath))) {
        throw new UserError(`Git cannot give the files of ${commit.slice(0, 10)}.`, {
          code: "broken-history",
          hint: `Fetch them, and run the command again; git says: ${made.stderr.trim().split("\n")[0]}`,
        });
      }
      return { root: target, release: folder.release };
    }
    await folder.release();
    return undefined;
  } catch (error) {
    await folder.release();
    throw error;
  }
}

function isWanted(path: string): boolean {
  if (WANTED_TOOLS.has(path)) return true;
  return WANTED.some((pattern) => pattern.test(path)) && !UNWANTED.test(path);
}

async function answer(cwd: string, ...args: string[]): Promise<string> {
  return (await runGit(args, { cwd })).stdout.replace(/\r?\n$/, "");
}

/**
 * How many lines came and went in each file since a commit; undefined for what is no text. Files that git does not
 * track are left out.
 */
export async function changedLines(
  root: string,
  commit: string,
): Promise<Map<string, { added: number; removed: number } | undefined>> {
  const args = ["diff", "--numstat", "-z", "--find-renames", "--relative", commit];
  const lines = (await runGit(args, { cwd: root })).stdout.split("\0");
  const counts = new Map<string, { added: number; removed: number } | undefined>();
  for (const [index, line] of lines.entries()) {
    const [, added, removed, here] = /^(\d+|-)\t(\d+|-)\t(.*)$/s.exec(line) ?? [];
    // Of a file that was renamed, both names follow.
    const path = here === "" ? lines[index + 2] : here;
    if (path === undefined) continue;
    const isText = added !== "-";
    counts.set(path, isText ? { added: Number(added), removed: Number(removed) } : undefined);
  }
  return counts;
}

/** The commit that is checked out; undefined before the first one. */
export async function headOf(root: string): Promise<string | undefined> {
  const head = await runGit(["rev-parse", "--verify", "--quiet", "HEAD"], { cwd: root });
  return head.exitCode === 0 ? head.stdout.trim() : undefined;
}
