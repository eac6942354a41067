/**
 * All that makes Python start fast by means that are not public: V8's functions for tests (`wasm-code.ts`), edits to the
 * text of Pyodide's JavaScript (`loader-script.ts`), and Pyodide's snapshots in a form of our own (`snapshot.ts`). What
 * each gains stands in docs/engine.md. With CONNECT_WEBHOOK_PLAIN_START=1 none of it is used.
 */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { joined, LoaderScript, split } from "./loader-script.ts";
import type { Memory } from "./snapshot.ts";
import { compileProgram, loadProgram, packProgram } from "./wasm-code.ts";

export { type Files, type Memory, packMemory, SnapshotMemory } from "./snapshot.ts";

/** Pyodide's two programs, which are read while the parent is still reading the checkout. */
export interface PyodidePrograms {
  /** The WebAssembly. */
  readonly wasm: Promise<WebAssembly.Module>;
  /** Makes a module, as the default export of pyodide.asm.mjs does. */
  create(settings: object): Promise<Memory>;
  /** The code that V8 has made of both, as far as it has come, for `fastPrograms`; parts of a file. */
  pack(): Promise<Uint8Array[]>;
}

const WASM = "pyodide.asm.wasm";
const LOADER = "pyodide.asm.mjs";

/**
 * The programs as Pyodide's own documentation has them loaded.
 * @param folder Pyodide's.
 */
export function plainPrograms(folder: string): PyodidePrograms {
  const loader = import(pathToFileURL(join(folder, LOADER)).href);
  return {
    wasm: compileProgram(join(folder, WASM)),
    create: async (settings) => (await loader).default(settings),
    pack: async () => [],
  };
}

/**
 * The programs with code that V8 has made before.
 * @param folder Pyodide's.
 * @param packed What `pack` has returned, joined, in a process that never ran a stranger's code: V8 runs it as it is.
 */
export function fastPrograms(folder: string, packed: Buffer | undefined): PyodidePrograms {
  const [program, loader] = packed ? split(packed) : [];
  const path = join(folder, LOADER);
  const wasm = loadProgram(join(folder, WASM), program);
  const script = new LoaderScript(path, pathToFileURL(path).href, loader);
  return {
    wasm,
    create: (settings) => script.create(settings),
    async pack() {
      return joined(packProgram(await wasm), ...script.pack());
    },
  };
}
