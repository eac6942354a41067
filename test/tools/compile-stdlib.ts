/**
 * Run by the build: Python's standard library with its bytecode. Pyodide's package holds the sources alone, and compiling
 * them anew takes more than half of a start that has no snapshot.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname } from "node:path";

const INPUT = "/tmp/input.zip";
const OUTPUT = "/tmp/output.zip";

// The sources stay: tracebacks show their lines. Bytecode that names no time and is not checked against its source is
// the same whenever it is made.
const COMPILE = `
import importlib._bootstrap_external as external, importlib.util, zipfile

with zipfile.ZipFile("${INPUT}") as source, zipfile.ZipFile("${OUTPUT}", "w") as output:
    for entry in source.infolist():
        data = source.read(entry)
        output.writestr(entry, data)
        if entry.filename.endswith(".py"):
            code = compile(data, f"/lib/python314.zip/{entry.filename}", "exec", dont_inherit=True)
            bytecode = external._code_to_hash_pyc(code, importlib.util.source_hash(data), False)
            compiled = zipfile.ZipInfo(f"{entry.filename}c", entry.date_time)
            compiled.compress_type = zipfile.ZIP_DEFLATED
            output.writestr(compiled, bytecode)
`;

/**
 * Writes the archive unless there is one that is newer than Pyodide and this file. Run in the package's folder.
 * @param output Path of the archive.
 */
export async function compileStandardLibrary(output: string): Promise<void> {
  const input = createRequire(import.meta.url).resolve("pyodide/python_stdlib.zip");
  const needs = [input, "test/tools/compile-stdlib.ts"];
  const modified = (path: string): number => statSync(path).mtimeMs;
  if (existsSync(output) && modified(output) > Math.max(...needs.map(modified))) return;
  const { loadPyodide } = await import("pyodide");
  const { FS, runPython } = await loadPyodide();
  FS.writeFile(INPUT, readFileSync(input));
  runPython(COMPILE);
  mkdirSync(dirname(output), { recursive: true });
  // Whole or not at all, since the next build goes by its time.
  writeFileSync(`${output}.partial`, FS.readFile(OUTPUT));
  renameSync(`${output}.partial`, output);
}
