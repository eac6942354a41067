/**
 * Asking git about a tree.
 *
 * Git obeys the settings of the repository that it finds, and settings can name programs to run. It finds one in any
 * folder that holds `HEAD`, `objects` and `refs`, whatever the folder is called: a "bare" repository, which a branch can
 * hold like any other files. So only a repository is asked whose own folder is called `.git`, which no branch can bring.
 */
import { existsSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";
import { environmentVariables } from "./environment.ts";
import { type RunOptions, type RunResult, run } from "./process.ts";
import { noteUnrepeatable } from "./reads.ts";

/** Git knows the first of these from 2.38 on; the second names the program that most commands run. */
const SETTINGS = ["-c", "safe.bareRepository=explicit", "-c", "core.fsmonitor=false"];

/**
 * Runs git to its end, unless it would find no repository that it may be asked about. A failure is a result, not an
 * exception; so is a folder that belongs to no repository.
 * @param args The subcommand and its arguments, passed as they are.
 * @param options Of them `cwd` is the folder that git is asked about.
 */
export async function runGit(
  args: readonly string[],
  options: RunOptions & { cwd: string },
): Promise<RunResult> {
  const found = repositoryAround(options.cwd);
  const isNamed = environmentVariables().GIT_DIR !== undefined;
  if (found === "own" || (found === undefined && isNamed))
    return run("git", [...SETTINGS, ...args], options);
  noteUnrepeatable("git");
  const stderr = found === "bare" ? "git is not run on a bare repository" : "not a git repository";
  return { exitCode: undefined, stdout: "", stderr };
}

/** The first repository on the way up from a folder, where git starts: from where its links lead. */
function repositoryAround(folder: string): "own" | "bare" | undefined {
  for (let at = realFolder(folder); ; at = dirname(at)) {
    if (existsSync(join(at, ".git"))) return "own";
    if (existsSync(join(at, "HEAD"))) return "bare";
    if (dirname(at) === at) return undefined;
  }
}

function realFolder(folder: string): string {
  try {
    return realpathSync.native(folder);
  } catch {
    return folder;
  }
}
