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
  const { stdin, stdout, stderr, ended } = startCli(args, options);
  stdin.end(options.input ?? "");
  const texts = [textOf(stdout), textOf(stderr)];
  const exitCode = await ended;
  stdout.end();
  stderr.end();
  const [out = "", talk = ""] = await Promise.all(texts);
  return { exitCode, stdout: out, stderr: talk };
}

/** A command line within this process that still runs. */
interface RunningCli {
  readonly stdin: PassThrough;
  readonly stdout: PassThrough;
  readonly stderr: PassThrough;
  readonly ended: Promise<number>;
  /** As Ctrl-C does. */
  interrupt(): void;
}

/** Starts `connect-webhook` with these words within this process. */
export function startCli(args: readonly string[], options: CliOptions = {}): RunningCli {
  const env = environmentOf(options);
  const { alone = env.CONNECT_WEBHOOK_CACHE !== testCache } = options;
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
  const stop = new AbortController();
  const ended = run(args, {
    stdin: stdin as unknown as ReadStream,
    stdout: stdout as unknown as WriteStream,
    stderr: stderr as unknown as WriteStream,
    env,
    cwd: options.cwd ?? tmpdir(),
    signals: {
      signal: stop.signal,
      guarded: Promise.resolve(),
      areUsual: () => undefined,
      answered: () => undefined,
    },
    pools: alone ? undefined : pools,
  });
  return { stdin, stdout, stderr, ended, interrupt: () => stop.abort() };
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
