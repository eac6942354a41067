/** A running `connect-webhook capture`, and the requests to it. */
import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { packageRoot } from "../../src/host/assets.ts";
import type { SpooledRequest } from "../../src/server/capture/index.ts";
import { type CliResult, testCache } from "./cli.ts";

export interface Capturing {
  readonly url: string;
  readonly port: number;
  /** What it has said so far. */
  talk(): string;
  kill(signal: NodeJS.Signals): void;
  readonly ended: Promise<CliResult>;
}

/** Starts `capture` in a tree, and waits until it listens. */
export async function capturing(cwd: string, ...args: string[]): Promise<Capturing> {
  const program = join(packageRoot, "bin", "connect-webhook.js");
  const child = spawn(process.execPath, [program, "capture", "--port", "0", ...args], {
    cwd,
    env: { PATH: process.env.PATH ?? "", HOME: testCache, CONNECT_WEBHOOK_CACHE: testCache },
    stdio: ["ignore", "pipe", "pipe"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (bytes: Buffer) => {
    stdout += bytes;
  });
  const ended = new Promise<CliResult>((done) => {
    child.once("close", (exitCode) => done({ exitCode, stdout, stderr }));
  });
  const url = await new Promise<string>((done, fail) => {
    child.stderr.on("data", (bytes: Buffer) => {
      stderr += bytes;
      const found = /http:\/\/[\d.]+:\d+/.exec(stderr)?.[0];
      if (found !== undefined) done(found);
    });
    void ended.then(() => fail(new Error(`it ended: ${stderr}`)));
  });
  const port = Number(new URL(url).port);
  return { url, port, talk: () => stderr, kill: (signal) => void child.kill(signal), ended };
}

/** POSTs JSON text. */
export function post(
  url: string,
  body: string | Uint8Array<ArrayBuffer>,
  headers: Record<string, string> = {},
): Promise<Response> {
  const all = { "Content-Type": "application/json", ...headers };
  return fetch(url, { method: "POST", body, headers: all });
}

/** What is in the spool of a name, oldest first. */
export function spooled(root: string, name: string): (SpooledRequest & { body: Buffer })[] {
  const folder = join(root, ".connect-webhook", "captures", name);
  return readdirSync(folder)
    .filter((file) => file.endsWith(".json"))
    .sort()
    .map((file) => {
      const request = JSON.parse(readFileSync(join(folder, file), "utf8")) as SpooledRequest;
      return { ...request, body: readFileSync(join(folder, `${request.id}.body`)) };
    });
}
