/** `dev` as a program: what it prints, what it refuses, and that it ends without leaving anything behind. */
import { spawn } from "node:child_process";
import { chmodSync, existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";
import { packageRoot } from "../../src/host/assets.ts";
import { cli, startCli, testCache } from "../support/cli.ts";
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
    expect(line).toMatch(/^[^\n]+\n$/);
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

  it("opens the page in the user's browser, without showing the token to others", async () => {
    const root = temporaryWorkspace();
    const folder = temporaryDirectory();
    const opener = join(folder, "xdg-open");
    writeFileSync(
      opener,
      `#!/bin/sh\necho "$1" > ${folder}/given.part\nmv ${folder}/given.part ${folder}/given\n`,
    );
    chmodSync(opener, 0o755);
    const program = join(packageRoot, "bin/connect-webhook.js");
    const child = spawn(process.execPath, [program, "dev", "--port", "0", "--json", "--open"], {
      cwd: root,
      env: {
        PATH: `${folder}:${process.env.PATH}`,
        HOME: testCache,
        CONNECT_WEBHOOK_CACHE: testCache,
      },
    });
    onTestFinished(() => void child.kill("SIGKILL"));
    const line = await new Promise<string>((done) =>
      child.stdout.once("data", (bytes) => done(String(bytes))),
    );
    const { page, token } = JSON.parse(line);
    await expect.poll(() => existsSync(join(folder, "given"))).toBe(true);
    const given = readFileSync(join(folder, "given"), "utf8").trim();
    expect(given).not.toContain(token);
    const file = fileURLToPath(given);
    expect(readFileSync(file, "utf8")).toContain(`url=${page}`);
    expect(statSync(file).mode & 0o077).toBe(0);
    const ended = new Promise((done) => child.once("exit", done));
    child.kill("SIGINT");
    await ended;
    expect(existsSync(file)).toBe(false);
  });

  it("has the same token at each start, and another one for another tree", async () => {
    const [one, other] = [temporaryWorkspace(), temporaryWorkspace()];
    const words = ["dev", "--port", "0", "--json"];
    const child = spawn(process.execPath, [join(packageRoot, "bin/connect-webhook.js"), ...words], {
      cwd: one,
      env: { PATH: process.env.PATH ?? "", HOME: testCache, CONNECT_WEBHOOK_CACHE: testCache },
    });
    onTestFinished(() => void child.kill("SIGKILL"));
    const tokenSaidBy = async (stdout: NodeJS.ReadableStream): Promise<string> => {
      const bytes = await new Promise((done) => stdout.once("data", done));
      return JSON.parse(String(bytes)).token;
    };
    const tokens = [await tokenSaidBy(child.stdout)];
    child.kill("SIGINT");
    // And in other processes, such as this one.
    for (const cwd of [one, other]) {
      const { stdout, ended, interrupt } = startCli(words, { cwd });
      tokens.push(await tokenSaidBy(stdout));
      interrupt();
      expect(await ended).toBe(0);
    }
    expect(tokens[1]).toBe(tokens[0]);
    expect(tokens[2]).not.toBe(tokens[0]);
    expect(tokens[0]?.length).toBeGreaterThan(40);
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
