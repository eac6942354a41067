/**
 * Asking git about a tree.
 *
 * Git obeys the settings of the repository that it finds, and settings can name programs to run. It finds one in any
 * folder that holds `HEAD`, `objects` and `refs`, whatever the folder is called: a "bare" repository, which a branch can
 * hold like any other files. So only a repository is asked whose own folder is called `.git`, which no branch can bring.
 */
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { type RunOptions, type RunResult, run } from "./process.ts";

/** Git knows the first of these from 2.38 on; the second names the program that most commands run. */
const SETTINGS = ["-c", "safe.bareRepository=explicit", "-c", "core.fsmonitor=false"];

/**
 * Runs git to its end. A failure is a result, not an exception; so is a folder that belongs to no repository.
 * @param args The subcommand and its arguments, passed as they are.
 * @param options Of them `cwd` is the folder that git is asked about.
 */
export async function runGit(
  args: readonly string[],
  options: RunOptions & { cwd: string },
): Promise<RunResult> {
  if (isInBareRepository(options.cwd)) {
    return { exitCode: undefined, stdout: "", stderr: "a bare repository is not asked" };
  }
  return run("git", [...SETTINGS, ...args], options);
}

/** Whether the first repository on the way up is a bare one. */
function isInBareRepository(folder: string): boolean {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, ".git"))) return false;
    if (existsSync(join(at, "HEAD"))) return true;
    if (dirname(at) === at) return false;
  }
}
