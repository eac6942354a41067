/** A program in a terminal of its own: what it shows, and keys for it. */
import { spawn, spawnSync } from "node:child_process";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { quote } from "shlex";
import { onTestFinished } from "vitest";
import { packageRoot } from "../../src/host/assets.ts";
import { testCache } from "./cli.ts";

/** Whether this machine has the `script` that makes such a terminal; those of macOS and Windows differ. */
export const hasTerminals = spawnSync("script", ["--version"], {
  encoding: "utf8",
}).stdout?.includes("util-linux");

export interface Terminal {
  /** Waits until a text has been shown since the last one that was waited for. */
  shows(text: string): Promise<void>;
  press(keys: string): void;
  /** The exit code, and all that was shown, without colours; `raw` is what the terminal got. */
  readonly ended: Promise<{ exitCode: number | null; shown: string; raw: string }>;
}

export const CTRL_C = "\u0003";

/** Starts `connect-webhook` with these words in a terminal. */
export function inTerminal(args: readonly string[], cwd: string): Terminal {
  const program = join(packageRoot, "bin", "connect-webhook.js");
  return commandInTerminal([process.execPath, program, ...args], cwd);
}

/**
 * Starts a program in a terminal.
 * @param path What PATH begins with.
 */
export function commandInTerminal(
  words: readonly string[],
  cwd: string,
  path: readonly string[] = [],
): Terminal {
  const line = ["exec", ...words.map((word) => quote(word))].join(" ");
  const child = spawn(
    "script",
    ["--quiet", "--return", "--command", `stty cols 200; ${line}`, "/dev/null"],
    {
      cwd,
      env: {
        PATH: [...path, process.env.PATH ?? ""].join(":"),
        HOME: testCache,
        CONNECT_WEBHOOK_CACHE: testCache,
        TERM: "xterm",
        SHELL: "/bin/sh",
      },
      stdio: ["pipe", "pipe", "inherit"],
    },
  );
  onTestFinished(() => void child.kill("SIGKILL"));
  let [shown, seen] = ["", 0];
  let look = (): void => undefined;
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    shown += text;
    look();
  });
  const ended: Terminal["ended"] = new Promise((done) => {
    child.once("close", (exitCode) =>
      done({
        exitCode,
        shown: stripVTControlCharacters(shown).replaceAll("\r\n", "\n"),
        raw: shown,
      }),
    );
  });
  const shows = (text: string): Promise<void> =>
    new Promise((done, fail) => {
      look = () => {
        const at = stripVTControlCharacters(shown).indexOf(text, seen);
        if (at < 0) return;
        seen = at + text.length;
        look = () => undefined;
        done();
      };
      look();
      void ended.then(() => fail(new Error(`it ended without "${text}":\n${shown}`)));
    });
  return { shows, press: (keys) => void child.stdin.write(keys), ended };
}
