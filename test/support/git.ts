/** git as a test needs it: the same author everywhere, and nothing of the machine's own settings. */
import { execFileSync } from "node:child_process";
import { devNull } from "node:os";

/**
 * Runs git in a folder.
 * @returns What it printed.
 * @throws Error when it fails.
 */
export function git(root: string, ...args: string[]): string {
  const who = ["-c", "user.name=A", "-c", "user.email=a@example.com"];
  return execFileSync("git", [...who, ...args], {
    cwd: root,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, GIT_CONFIG_GLOBAL: devNull, GIT_CONFIG_NOSYSTEM: "1" },
  });
}
