/** Edits as editors and git make them are all told. */
import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { watchFiles } from "../../src/host/watch.ts";
import { temporaryDirectory } from "../support/tree.ts";

it("tells of files that are written, replaced, made and removed, and of nothing else", async () => {
  const root = temporaryDirectory();
  for (const folder of ["in/deep", "in/__pycache__", "out"]) {
    mkdirSync(join(root, folder), { recursive: true });
  }
  writeFileSync(join(root, "in/deep/view.py"), "1");
  const told: string[] = [];
  let wake: () => void = () => undefined;
  const close = await watchFiles(root, {
    below: ["in", "not-there"],
    settleMs: 80,
    onChange: (paths) => {
      told.push(...paths);
      wake();
    },
    onError: (error) => expect.fail(error.message),
  });
  onTestFinished(close);
  const until = async (path: string): Promise<void> => {
    while (!told.includes(path)) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    told.length = 0;
  };
  const view = join(root, "in/deep/view.py");
  writeFileSync(join(root, "out/other.py"), "1");
  writeFileSync(join(root, "in/__pycache__/view.pyc"), "1");
  writeFileSync(view, "2");
  await until("in/deep/view.py");
  // Twice: a watcher that follows the file instead of the name is lost after the first.
  for (const text of ["3", "4"]) {
    writeFileSync(join(root, "out/new"), text);
    renameSync(join(root, "out/new"), view);
    await until("in/deep/view.py");
  }
  mkdirSync(join(root, "in/made"));
  writeFileSync(join(root, "in/made/tests.py"), "1");
  await until("in/made/tests.py");
  rmSync(view);
  while (!told.includes("in/deep/view.py")) {
    await new Promise<void>((resolve) => {
      wake = resolve;
    });
  }
  expect(told).toEqual(["in/deep/view.py"]);
});
