/** The embedded Python, and what it runs on. */
import { dirname, join } from "node:path";
import { builtPath, packageFile } from "../host/assets.ts";
import { digest } from "../host/checksum.ts";
import { fileSize, realPath } from "../host/files.ts";
import { readBytesNow } from "../host/read-now.ts";

/** What of Pyodide's package a child reads. */
const PYODIDE_FILES = [
  "pyodide.mjs",
  "pyodide.asm.mjs",
  "pyodide.asm.wasm",
  "pyodide-lock.json",
] as const;

let folder: string | undefined;
let key: string | undefined;

/** The folder of the embedded Python. */
export function pyodideFolder(): string {
  folder ??= dirname(realPath(packageFile("pyodide", "package.json")));
  return folder;
}

/** Python's standard library with its bytecode; see test/tools/compile-stdlib.ts. */
export function standardLibrary(): string {
  return builtPath("engine/python_stdlib.zip");
}

/** The files that a child reads, beside its own program. */
export function runtimeFiles(): string[] {
  return [...PYODIDE_FILES.map((name) => join(pyodideFolder(), name)), standardLibrary()];
}

/** Names V8's code of Pyodide: the child's program, Pyodide, V8 and the machine. A checkout has no part in it. */
export function codeKey(): string {
  key ??= digest([
    readBytesNow(builtPath("engine/child.mjs")) ?? "",
    readBytesNow(join(pyodideFolder(), "package.json")) ?? "",
    String(fileSize(standardLibrary())),
    process.version,
    process.versions.v8,
    process.platform,
    process.arch,
  ]);
  return key;
}
