import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { MachineError, UserError } from "../../src/errors.ts";
import { fileError, machineFileError } from "../../src/host/file-error.ts";
import {
  isDirectory,
  isFile,
  isInside,
  listFilesBelow,
  readBytesUpTo,
  resolveInside,
} from "../../src/host/files.ts";
import { temporaryDirectory } from "../support/tree.ts";

const systemError = (code: string): Error => Object.assign(new Error(code), { code });

describe("fileError", () => {
  it.each([
    ["ENOENT", "no-such-file"],
    ["EISDIR", "not-a-file"],
    ["ENOTDIR", "not-a-folder"],
    ["EEXIST", "not-a-folder"],
    ["ENAMETOOLONG", "name-too-long"],
    ["ELOOP", "no-such-file"],
  ])("takes %s for a mistake of the user", (code, expected) => {
    const error = fileError(systemError(code), "read the file", "x");
    expect(error).toBeInstanceOf(UserError);
    expect(error).not.toBeInstanceOf(MachineError);
    expect(error).toMatchObject({
      code: expected,
      exitCode: 2,
      hint: expect.stringMatching(/\.$/),
    });
  });

  it.each([
    ["EACCES", "no-permission"],
    ["EROFS", "read-only"],
    ["ENOSPC", "disk-full"],
    ["EBUSY", "busy-file"],
  ])("takes %s for a lack of the machine", (code, expected) => {
    const error = fileError(systemError(code), "write the file", "x");
    expect(error).toMatchObject({
      code: expected,
      exitCode: 3,
      hint: expect.stringMatching(/\.$/),
    });
  });

  it("leaves what it does not know as it is", () => {
    const error = systemError("EWHATEVER");
    expect(fileError(error, "read the file", "x")).toBe(error);
  });
});

describe("machineFileError", () => {
  it("names the variable that moves the folder", () => {
    const error = machineFileError(systemError("ENOENT"), "make a folder", "/x", "TMPDIR");
    expect(error).toMatchObject({
      exitCode: 3,
      hint: "Set TMPDIR to a folder that you can write to.",
    });
  });
});

describe("resolveInside", () => {
  it("joins what stays below the root", () => {
    const root = temporaryDirectory();
    expect(resolveInside(root, "a/b.txt")).toBe(join(root, "a/b.txt"));
  });

  it.each(["../x", "a/../../x", "/etc/passwd", "out/x"])("refuses %s", (path) => {
    const root = temporaryDirectory();
    symlinkSync(temporaryDirectory(), join(root, "out"));
    expect(() => resolveInside(root, path)).toThrow(UserError);
  });

  it("tells a folder from one whose name starts alike", () => {
    expect(isInside("/a/b", "/a/b/c")).toBe(true);
    expect(isInside("/a/b", "/a/bc")).toBe(false);
    expect(isInside("/a/b", "/a/b/..c")).toBe(true);
  });
});

describe("questions about a path", () => {
  it("answer no where nothing can be", () => {
    const root = temporaryDirectory();
    writeFileSync(join(root, "file"), "");
    symlinkSync("loop", join(root, "loop"));
    for (const path of ["file/below", "loop", "x".repeat(5000)]) {
      expect(isFile(join(root, path))).toBe(false);
      expect(isDirectory(join(root, path))).toBe(false);
    }
  });

  it("list files below a folder, links to files included and links to folders not", async () => {
    const root = temporaryDirectory();
    mkdirSync(join(root, "b"));
    writeFileSync(join(root, "b/one"), "");
    symlinkSync("b/one", join(root, "two"));
    symlinkSync("b", join(root, "c"));
    expect(await listFilesBelow(root)).toEqual(["b/one", "two"]);
  });
});

describe("readBytesUpTo", () => {
  it("reads a file of the size allowed", async () => {
    const path = join(temporaryDirectory(), "x");
    writeFileSync(path, "12345");
    expect((await readBytesUpTo(path, 5)).toString()).toBe("12345");
  });

  it("stops at what is too large, also where there is no end", async () => {
    const path = join(temporaryDirectory(), "x");
    writeFileSync(path, "123456");
    await expect(readBytesUpTo(path, 5)).rejects.toMatchObject({ code: "file-too-large" });
    if (process.platform !== "win32") {
      await expect(readBytesUpTo("/dev/zero", 1e6)).rejects.toMatchObject({
        code: "file-too-large",
      });
    }
  });
});
