/** Ruff in a thread beside the rules. */
import { afterEach, expect, it } from "vitest";
import { builtPath } from "../../src/host/assets.ts";
import { Thread } from "../../src/host/thread.ts";
import { rules } from "../../src/lint/index.ts";
import { folderForFile } from "../support/tree.ts";
import { caseTree, lintTree } from "./trees.ts";

const program = builtPath("lint/ruff-thread.js");

afterEach(() => {
  delete process.env.CONNECT_WEBHOOK_PLAIN_START;
});

it("says what ruff finds, in the order of the questions", async () => {
  const thread = new Thread(program, { lint: { select: ["F"] } });
  const texts = ["import os\n", "x = 1\n", "print(y)\n"];
  const found = await Promise.all(texts.map((text) => thread.ask({ ask: "findings", text })));
  await thread.end();
  expect(found).toEqual([
    [expect.objectContaining({ code: "F401", line: 1, column: 8 })],
    [],
    [expect.objectContaining({ code: "F821" })],
  ]);
});

it("says how ruff would write a text", async () => {
  const thread = new Thread(program, {});
  const written = await thread.ask({ ask: "format", text: "x=[ 'lamp' ]\n\n\n" });
  await thread.end();
  expect(written).toBe('x = ["lamp"]\n');
});

it("says why it does not understand the settings, whenever it is asked", async () => {
  const thread = new Thread(program, { lint: { select: ["NOT1"] } });
  await expect(thread.ask({ ask: "findings", text: "" })).rejects.toThrow(/NOT1/);
  await expect(thread.ask({ ask: "findings", text: "" })).rejects.toThrow(/NOT1/);
  await thread.end();
});

it("leaves nobody waiting who asks a thread that ends, or that never began", async () => {
  const thread = new Thread(program, {});
  const asked = thread.ask({ ask: "findings", text: "" });
  await thread.end();
  await expect(asked).rejects.toThrow("The thread has ended.");
  await expect(
    new Thread(`${program}.not`, {}).ask({ ask: "findings", text: "" }),
  ).rejects.toThrow();
});

it("finds the same as ruff in the main thread does", async () => {
  const root = caseTree("ruff/rejected");
  process.env.CONNECT_WEBHOOK_CACHE = folderForFile();
  const options = { names: [], rules: rules.filter(({ id }) => id === "ruff") };
  const { problems } = await lintTree(root, options);
  process.env.CONNECT_WEBHOOK_CACHE = folderForFile();
  process.env.CONNECT_WEBHOOK_PLAIN_START = "1";
  expect((await lintTree(root, options)).problems).toEqual(problems);
  expect(problems).toHaveLength(1);
});
