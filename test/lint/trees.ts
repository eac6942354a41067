/** Small trees for the rules: `fixtures/lint/tree` is clean, and each case lays some files over it. */
import {
  copyFileSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { changedFiles } from "../../src/checkout/changed.ts";
import { openCheckout } from "../../src/checkout/index.ts";
import { packageRoot } from "../../src/host/assets.ts";
import { type LintOptions, type LintResult, lint, type Problem } from "../../src/lint/index.ts";
import { git } from "../support/git.ts";
import { temporaryDirectory } from "../support/tree.ts";

/** The folder with the clean tree and one folder for each rule. */
export const lintFixtures = join(packageRoot, "fixtures", "lint");

/** In a case, `<path>.removed` takes a file of the clean tree away. */
const REMOVED = ".removed";
/** In a case, `<path>.base` is a file as the base of a branch has it; the rest is changed on the branch. */
const ON_BASE = ".base";
/** In a case, this file lists what is added to git. */
const GIT_ADD = "git-add";

/** A copy of the clean tree that is removed when the test ends. */
export function cleanTree(): string {
  const root = temporaryDirectory();
  cpSync(join(lintFixtures, "tree"), root, { recursive: true });
  return root;
}

/** The clean tree with a case laid over it, such as `view-file/rejected`. */
export function caseTree(name: string): string {
  const root = cleanTree();
  const folder = join(lintFixtures, name);
  const paths = filesBelow(folder);
  commitBase(root, folder, paths);
  for (const path of paths) {
    const target = join(root, path);
    if (path === GIT_ADD || path.endsWith(ON_BASE)) continue;
    if (path.endsWith(REMOVED)) rmSync(target.slice(0, -REMOVED.length));
    else {
      mkdirSync(dirname(target), { recursive: true });
      copyEntry(join(folder, path), target);
    }
  }
  if (existsSync(join(folder, GIT_ADD))) {
    const paths = readFileSync(join(folder, GIT_ADD), "utf8").trim().split("\n");
    git(root, "init", "--quiet");
    git(root, "add", ...paths);
  }
  return root;
}

/** Commits the tree of the base, and begins a branch. */
function commitBase(root: string, folder: string, paths: readonly string[]): void {
  const onBase = paths.filter((path) => path.endsWith(ON_BASE));
  if (onBase.length === 0) return;
  for (const path of onBase) {
    const target = join(root, path.slice(0, -ON_BASE.length));
    mkdirSync(dirname(target), { recursive: true });
    copyEntry(join(folder, path), target);
  }
  git(root, "init", "--quiet", "--initial-branch=main");
  git(root, "add", ".");
  git(root, "commit", "--quiet", "--message", "base");
  git(root, "checkout", "--quiet", "-b", "branch");
}

/** Copies a file, or a link as it is: Node 24 does not copy a link that leads nowhere. */
function copyEntry(from: string, to: string): void {
  rmSync(to, { force: true });
  if (lstatSync(from).isSymbolicLink()) symlinkSync(readlinkSync(from), to);
  else copyFileSync(from, to);
}

/** The names of a rule's cases: `accepted…` and `rejected…`. */
export function casesOf(rule: string): string[] {
  const folder = join(lintFixtures, rule);
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}

function filesBelow(folder: string, below = ""): string[] {
  return readdirSync(join(folder, below)).flatMap((name) => {
    const path = below === "" ? name : `${below}/${name}`;
    return lstatSync(join(folder, path)).isDirectory() ? filesBelow(folder, path) : [path];
  });
}

/** Lints a tree. */
export async function lintTree(
  root: string,
  options: LintOptions = { names: [] },
): Promise<LintResult> {
  const hasBase = existsSync(join(root, ".git/refs/heads/branch"));
  const branch = hasBase ? { branch: await changedFiles(root, "main") } : {};
  return lint(await openCheckout(root), { ...branch, ...options });
}

/** Changes a file of a tree; the text must be there. */
export function replaceIn(root: string, path: string, text: string, by: string): void {
  const before = readFileSync(join(root, path), "utf8");
  if (!before.includes(text)) throw new Error(`${path} does not hold ${text}`);
  writeFileSync(
    join(root, path),
    before.replace(text, () => by),
  );
}

/** Problems as text, for comparing with what is expected. */
export function asText(problems: readonly Problem[]): string {
  const lines = problems.map(({ severity, rule, path, line, column, message, fix }) => {
    const place = [path, line, column].filter((part) => part !== undefined).join(":");
    return `${severity} ${rule} ${place}\n  ${message}\n  ${fix ?? "-"}\n`;
  });
  return lines.join("");
}
