/** Runs the program as a user would, with nothing of this process's environment but what is listed. */
import { spawn } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import type { ReadStream, WriteStream } from "node:tty";
import { run } from "../../src/command-line.ts";
import { packageRoot } from "../../src/host/assets.ts";
import { pools } from "./pools.ts";

export interface CliResult {
  exitCode: number | null;
  stdout: string;
  stderr: string;
}

export interface CliOptions {
  cwd?: string;
  env?: Record<string, string>;
  input?: string;
  /** Starts Python and the browser anew, as the program does: for tests of their start, or that do them harm. */
  alone?: boolean;
}

/** The cache folder that all tests share; see global-setup.ts. */
export const testCache = process.env.CONNECT_WEBHOOK_CACHE ?? "";

function environmentOf({ env }: CliOptions): Record<string, string> {
  return {
    PATH: process.env.PATH ?? "",
    HOME: testCache,
    CONNECT_WEBHOOK_CACHE: testCache,
    ...env,
  };
}

/** Runs `connect-webhook` with these words to its end, within this process. */
export async function cli(args: readonly string[], options: CliOptions = {}): Promise<CliResult> {
  const { alone = false } = options;
  const env = environmentOf(options);
  const stdin = new PassThrough();
  stdin.end(options.input ?? "");
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const texts = [textOf(stdout), textOf(stderr)];
  const exitCode = await run(args, {
    stdin: stdin as unknown as ReadStream,
    stdout: stdout as unknown as WriteStream,
    stderr: stderr as unknown as WriteStream,
    env,
    cwd: options.cwd ?? tmpdir(),
    signals: {
      signal: new AbortController().signal,
      guarded: Promise.resolve(),
      areUsual: () => undefined,
      answered: () => undefined,
    },
    pools: alone || env.CONNECT_WEBHOOK_CACHE !== testCache ? undefined : pools,
  });
  stdout.end();
  stderr.end();
  const [out = "", talk = ""] = await Promise.all(texts);
  return { exitCode, stdout: out, stderr: talk };
}

/** The same in a process of its own, the built program: for tests of what only a process does. */
export function cliProcess(args: readonly string[], options: CliOptions = {}): Promise<CliResult> {
  const program = join(packageRoot, "bin", "connect-webhook.js");
  const child = spawn(process.execPath, [program, ...args], {
    cwd: options.cwd ?? tmpdir(),
    env: environmentOf(options),
    stdio: ["pipe", "pipe", "pipe"],
  });
  child.stdin.end(options.input ?? "");
  const [stdout, stderr] = [textOf(child.stdout), textOf(child.stderr)];
  return new Promise((done, fail) => {
    child.on("error", fail);
    child.on("close", async (exitCode) => {
      done({ exitCode, stdout: await stdout, stderr: await stderr });
    });
  });
}

function textOf(stream: NodeJS.ReadableStream): Promise<string> {
  const chunks: Buffer[] = [];
  stream.on("data", (chunk: Buffer) => chunks.push(chunk));
  return new Promise((done) =>
    stream.on("end", () => done(Buffer.concat(chunks).toString("utf8"))),
  );
}
