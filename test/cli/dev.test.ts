/** `dev` as a program: what it prints, what it refuses, and that it ends without leaving anything behind. */
import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { packageRoot } from "../../src/host/assets.ts";
import { cli, testCache } from "../support/cli.ts";
import { fingerprint, temporaryDirectory, temporaryWorkspace } from "../support/tree.ts";

describe("dev", () => {
  it("prints its address, serves, and ends with exit code 0 on Ctrl-C", async () => {
    const root = temporaryWorkspace();
    const before = fingerprint(root);
    const words = [
      join(packageRoot, "bin/connect-webhook.js"),
      "dev",
      "harbourline",
      "--port",
      "0",
      "--json",
    ];
    const child = spawn(process.execPath, words, {
      cwd: root,
      env: { PATH: process.env.PATH ?? "", HOME: testCache, CONNECT_WEBHOOK_CACHE: testCache },
    });
    onTestFinished(() => void child.kill("SIGKILL"));
    const line = await new Promise<string>((done) =>
      child.stdout.once("data", (bytes) => done(String(bytes))),
    );
    const { version, url, page, token } = JSON.parse(line);
    expect([version, page]).toEqual([1, `${url}/#token=${token}`]);
    const state = await fetch(`${url}/_/state`, { headers: { Authorization: `Bearer ${token}` } });
    expect(await state.json()).toMatchObject({ name: "harbourline", tree: { root } });
    expect((await fetch(`${url}/api/v1/external/harbourline`, { method: "POST" })).status).toBe(
      400,
    );
    // A page that listens does not keep it from ending.
    await fetch(`${url}/_/events`, { headers: { Authorization: `Bearer ${token}` } });
    const ended = new Promise((done) => child.once("exit", (code) => done(code)));
    child.kill("SIGINT");
    expect(await ended).toBe(0);
    await expect(fetch(url)).rejects.toThrow();
    expect(fingerprint(root)).toBe(before);
  });

  it.each([
    ["an integration that is not there", ["dev", "nothing"], "unknown-integration"],
    ["a port that is none", ["dev", "--port", "x"], "usage"],
    ["a port that is too high", ["dev", "--port", "70000"], "usage"],
  ])("refuses %s", async (_case, words, code) => {
    const root = temporaryWorkspace();
    const before = fingerprint(root);
    const { exitCode, stdout } = await cli([...words, "--json"], { cwd: root });
    expect([exitCode, JSON.parse(stdout).error.code]).toEqual([2, code]);
    expect(JSON.parse(stdout).error.hint).toBeTypeOf("string");
    expect(fingerprint(root)).toBe(before);
  });

  it("refuses a folder that is no tree, and a port that is taken", async () => {
    const nowhere = await cli(["dev", "--json"], { cwd: temporaryDirectory() });
    expect([nowhere.exitCode, JSON.parse(nowhere.stdout).error.code]).toEqual([2, "no-checkout"]);
    const server = createServer();
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    onTestFinished(() => void server.close());
    const { port } = server.address() as { port: number };
    const taken = await cli(["dev", "--port", String(port), "--json"], {
      cwd: temporaryWorkspace(),
    });
    expect([taken.exitCode, JSON.parse(taken.stdout).error.code]).toEqual([2, "port-taken"]);
  });
});
