/** Edits as editors and git make them are all told. */
import { mkdirSync, renameSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from "node:fs";
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

it("tells of links that are made and changed, and not of those that were there", async () => {
  const root = temporaryDirectory();
  for (const folder of ["in/own", "out/fixtures"])
    mkdirSync(join(root, folder), { recursive: true });
  for (const name of ["a.json", "b.json"]) writeFileSync(join(root, "out/fixtures", name), "1");
  symlinkSync("../../out/fixtures", join(root, "in/own/folder"));
  symlinkSync("../../out/fixtures/a.json", join(root, "in/own/link.json"));
  symlinkSync("not-there", join(root, "in/own/broken.json"));
  symlinkSync("own", join(root, "in/other"));
  const told: string[] = [];
  let wake: () => void = () => undefined;
  const close = await watchFiles(root, {
    below: ["in"],
    settleMs: 80,
    onChange: (paths) => {
      told.push(...paths);
      wake();
    },
    onError: (error) => expect.fail(error.message),
  });
  onTestFinished(close);
  const next = (): Promise<void> =>
    new Promise<void>((resolve) => {
      wake = resolve;
    });
  writeFileSync(join(root, "in/own/view.py"), "1");
  await next();
  expect(told.splice(0)).toEqual(["in/own/view.py"]);
  unlinkSync(join(root, "in/own/link.json"));
  symlinkSync("../../out/fixtures/b.json", join(root, "in/own/link.json"));
  await next();
  expect(told.splice(0)).toEqual(["in/own/link.json"]);
  symlinkSync("../../out/fixtures/b.json", join(root, "in/own/new.json"));
  await next();
  expect(told).toEqual(["in/own/new.json"]);
});
