/** Starts the built program as a user would, with nothing of this process's environment but what is listed. */
import { spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { packageRoot } from "../../src/host/assets.ts";

export interface CliResult {
  exitCode: number | null;
  stdout: string;
  stderr: string;
}

export interface CliOptions {
  cwd?: string;
  env?: Record<string, string>;
  input?: string;
}

/** One cache for the whole test run, so that snapshots and the browser are unpacked once. */
export const testCache = join(tmpdir(), "connect-webhook-test-cache");

/** Runs `connect-webhook` with these words to its end. */
export function cli(args: readonly string[], options: CliOptions = {}): Promise<CliResult> {
  mkdirSync(testCache, { recursive: true });
  const env = {
    PATH: process.env.PATH ?? "",
    HOME: testCache,
    CONNECT_WEBHOOK_CACHE: testCache,
    ...options.env,
  };
  const program = join(packageRoot, "bin", "connect-webhook.js");
  const child = spawn(process.execPath, [program, ...args], {
    cwd: options.cwd ?? tmpdir(),
    env,
    stdio: ["pipe", "pipe", "pipe"],
  });
  child.stdin.end(options.input ?? "");
  const collect = (stream: NodeJS.ReadableStream): Promise<string> => {
    const chunks: Buffer[] = [];
    stream.on("data", (chunk: Buffer) => chunks.push(chunk));
    return new Promise((done) =>
      stream.on("end", () => done(Buffer.concat(chunks).toString("utf8"))),
    );
  };
  const [stdout, stderr] = [collect(child.stdout), collect(child.stderr)];
  return new Promise((done, fail) => {
    child.on("error", fail);
    child.on("close", async (exitCode) => {
      done({ exitCode, stdout: await stdout, stderr: await stderr });
    });
  });
}
