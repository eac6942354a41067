/**
 * A planned export as a patch for `git am`. The commit is made in a temporary index and object folder: the target's
 * files, index, branches and objects stay as they are.
 */
import { join, posix, resolve } from "node:path";
import { openCheckout } from "../checkout/index.ts";
import type { Checkout } from "../checkout/model.ts";
import { beginning } from "../cut.ts";
import { UserError } from "../errors.ts";
import type { FileChange } from "../host/changes.ts";
import { readBytes } from "../host/files.ts";
import { runGit } from "../host/git.ts";
import type { RunResult } from "../host/process.ts";
import { temporaryFolder } from "../host/temp.ts";
import { writeOutput } from "../host/write.ts";
import type { TargetFiles } from "./export.ts";

/** A tree as its last commit has it. */
export interface CommittedTree {
  /** The tree, with the registry of the commit. Everything else is asked of the files as they are. */
  readonly checkout: Checkout;
  readonly commit: string;
  /** The tree's folder in its repository, with a slash at the end; empty when it is the whole. */
  readonly prefix: string;
}

/**
 * Opens a tree as its last commit has it.
 * @throws UserError `no-git` where there is no repository or no commit.
 */
export async function openCommitted({ root, registryPath }: Checkout): Promise<CommittedTree> {
  const commit = await runGit(["rev-parse", "--verify", "--quiet", "HEAD^{commit}"], {
    cwd: root,
  });
  if (commit.exitCode !== 0) {
    throw new UserError(`${root} has no git commit that a patch could apply to.`, {
      code: "no-git",
      hint: "Name a git checkout with --to, or leave out --patch to write the files.",
    });
  }
  const prefix = await runGit(["rev-parse", "--show-prefix"], { cwd: root });
  const registry = await runGit(["show", `HEAD:./${registryPath}`], { cwd: root });
  if (registry.exitCode !== 0) {
    throw new UserError(`The last commit of ${root} has no ${registryPath}.`, {
      code: "no-git",
      hint: "Commit the tree first, or leave out --patch to write the files.",
    });
  }
  return {
    checkout: await openCheckout(root, { registrySource: registry.stdout }),
    commit: commit.stdout.trim(),
    prefix: prefix.stdout.trim(),
  };
}

/** The files of a commit, as far as a plan asks for them. */
export async function filesOfCommit({ checkout, commit }: CommittedTree): Promise<TargetFiles> {
  const args = ["ls-tree", "-r", "-z", "--name-only", commit];
  const { stdout } = await runGit(args, { cwd: checkout.root });
  const names = new Set(stdout.split("\0").filter((path) => path !== ""));
  const folders = new Set([...names].map((path) => posix.dirname(path)));
  return {
    has: (path) => names.has(path) || folders.has(path),
    // Whether a file differs is git's business: the same bytes make no difference in the patch.
    read: async () => undefined,
  };
}

/**
 * Writes changes as a patch in mail format.
 * @param tree The commit it applies to.
 * @param changes Of the tree's files.
 * @param subject The commit's message. It may quote strangers: what is more than one line becomes one, so that nothing
 *   of it stands where `git am` looks for headers or for a patch.
 * @throws UserError `no-git-identity` where git does not know who the author is, or `git-failed`.
 */
export async function makePatch(
  tree: CommittedTree,
  changes: readonly FileChange[],
  subject: string,
): Promise<Uint8Array> {
  const { checkout, commit, prefix } = tree;
  const cwd = checkout.root;
  const objects = await git(cwd, {}, "rev-parse", "--git-path", "objects");
  const work = await temporaryFolder("patch");
  try {
    const env = {
      GIT_INDEX_FILE: join(work.path, "index"),
      GIT_OBJECT_DIRECTORY: work.path,
      GIT_ALTERNATE_OBJECT_DIRECTORIES: resolve(cwd, objects.trim()),
    };
    await git(cwd, { env }, "read-tree", commit);
    let lines = "";
    for (const change of changes) lines += await indexLine(cwd, env, prefix, change);
    await git(cwd, { env, input: lines }, "update-index", "-z", "--index-info");
    const id = (await git(cwd, { env }, "write-tree")).trim();
    const made = (await commitTree(cwd, env, [id, commit], oneLine(subject))).trim();
    // Into a file, because a fixture may hold bytes that are no text.
    const attributes = join(work.path, "attributes");
    const binary = changes.filter(hasCarriageReturn).map(({ path }) => `${prefix}${path}`);
    await writeOutput(attributes, binary.map(binaryAttribute).join(""));
    const setting = `core.attributesFile=${attributes}`;
    const file = await git(
      cwd,
      { env },
      "-c",
      setting,
      "format-patch",
      ...FORMAT,
      "-o",
      work.path,
      "-1",
      made,
    );
    return await readBytes(file.trim());
  } finally {
    await work.release();
  }
}

/** `git am` takes a carriage return before a line end away, as mail programs put them there. */
function hasCarriageReturn({ content }: FileChange): boolean {
  return content?.includes(13) ?? false;
}

/** A line of git's attributes that has a file written as binary data; the path is from the repository's root. */
function binaryAttribute(path: string): string {
  const pattern = `/${path}`.replace(/[*?[\]\\]/g, "\\$&");
  return `"${pattern.replace(/["\\]/g, "\\$&")}" -diff\n`;
}

const LONGEST_SUBJECT = 200;

function oneLine(text: string): string {
  const line = text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\s]+/gu, " ").trim();
  return `${beginning(line, LONGEST_SUBJECT).text}\n`;
}

/** Whatever the user's git is set to, the patch has the form that `git am` reads. */
const FORMAT = [
  "--binary",
  "--full-index",
  "--no-signature",
  "--no-attach",
  "--no-cover-letter",
  "--no-thread",
  "--no-ext-diff",
  "--no-textconv",
  "--no-renames",
  "--src-prefix=a/",
  "--dst-prefix=b/",
  "--subject-prefix=PATCH",
];

type Environment = Record<string, string>;

/** A line of `update-index --index-info`; mode 0 takes a file out. */
async function indexLine(
  cwd: string,
  env: Environment,
  prefix: string,
  { path, kind, content }: FileChange,
): Promise<string> {
  if (kind === "remove") return `0 ${"0".repeat(40)}\t${prefix}${path}\0`;
  const input = content ?? new Uint8Array();
  const id = await git(cwd, { env, input }, "hash-object", "-w", "--stdin");
  return `100644 ${id.trim()}\t${prefix}${path}\0`;
}

async function commitTree(
  cwd: string,
  env: Environment,
  [tree = "", parent = ""]: readonly string[],
  message: string,
): Promise<string> {
  const args = ["commit-tree", "-p", parent, "-F", "-", tree];
  const result = await runGit(args, { cwd, env, input: message });
  if (result.exitCode === 0) return result.stdout;
  if (!/tell me who you are|ident|user\.(name|email)/i.test(result.stderr))
    throw failed(args, result);
  throw new UserError("git does not know who the author of the patch is.", {
    code: "no-git-identity",
    hint: "Set user.name and user.email with `git config --global`.",
  });
}

async function git(
  cwd: string,
  options: { env?: Environment; input?: string | Uint8Array },
  ...args: string[]
): Promise<string> {
  const result = await runGit(args, { cwd, ...options });
  if (result.exitCode === 0) return result.stdout;
  throw failed(args, result);
}

function failed([command = ""]: readonly string[], { stderr }: RunResult): UserError {
  return new UserError(`git ${command} failed: ${stderr.trim().split("\n")[0] ?? ""}.`, {
    code: "git-failed",
    hint: "Check the repository with `git fsck`, and run the command again.",
  });
}
