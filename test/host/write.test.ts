import {
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { writeOutput } from "../../src/host/write.ts";
import { temporaryDirectory } from "../support/tree.ts";

describe("writeOutput", () => {
  it("makes the folder, and writes over a file", async () => {
    const file = join(temporaryDirectory(), "new/page.html");
    await writeOutput(file, "one");
    await writeOutput(file, "two");
    expect(readFileSync(file, "utf8")).toBe("two");
    expect(readdirSync(join(file, ".."))).toEqual(["page.html"]);
  });

  it("takes as long a name as the disk does", async () => {
    const file = join(temporaryDirectory(), "x".repeat(255));
    await writeOutput(file, "one");
    expect(readFileSync(file, "utf8")).toBe("one");
  });

  it("leaves a link, and writes what it leads to", async () => {
    const folder = temporaryDirectory();
    const [file, link] = [join(folder, "file"), join(folder, "link")];
    writeFileSync(file, "one");
    symlinkSync(file, link);
    await writeOutput(link, "two");
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(readFileSync(file, "utf8")).toBe("two");
  });

  it.each([
    ...(process.platform === "win32" ? [] : [["a device", "/dev/null", "not-a-file"]]),
    ["a folder", "folder", "not-a-file"],
    ["a name that is too long", "x".repeat(256), "name-too-long"],
  ])("refuses %s, and leaves nothing", async (_what, path = "", code = "") => {
    const folder = temporaryDirectory();
    mkdirSync(join(folder, "folder"));
    const target = path.startsWith("/") ? path : join(folder, path);
    await expect(writeOutput(target, "x")).rejects.toMatchObject({ code, exitCode: 2 });
    expect(readdirSync(folder)).toEqual(["folder"]);
    if (path.startsWith("/")) expect(lstatSync(path).isCharacterDevice()).toBe(true);
  });
});
