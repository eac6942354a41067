/** Pyodide's own program: read while the parent is still reading the checkout. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Glue } from "./glue.ts";
import { GuardedImports, type Imports } from "./imports.ts";
import type { KeptMemory, Memory } from "./memory.ts";
import { loadProgram, packProgram } from "./program.ts";
import type { Storage } from "./storage.ts";

/** What of Emscripten's file system is used here. */
export interface FileSystem extends Storage {
  mkdirTree(path: string): void;
  analyzePath(path: string): { exists: boolean };
  unlink(path: string): void;
  writeFile(path: string, data: Uint8Array, options: { canOwn: boolean }): void;
  readFile(path: string): Uint8Array;
  makedev(major: number, minor: number): number;
  registerDevice(device: number, operations: object): void;
  mkdev(path: string, device: number): void;
}

/** What of Pyodide is used here. */
export interface Pyodide {
  FS: FileSystem;
  _module: Memory;
  runPython(code: string): unknown;
  setInterruptBuffer(buffer: { 0: number }): void;
  makeMemorySnapshot(): Uint8Array;
}

/** Options of loadPyodide that this engine sets; the one with an underscore is not public. */
export interface PyodideOptions {
  env: Record<string, string>;
  jsglobals: object;
  stdout: () => void;
  stderr: () => void;
  _makeSnapshot?: true;
}

type ProgramImports = WebAssembly.Imports & { env: Imports };

interface ModuleSettings {
  instantiateWasm(
    imports: ProgramImports,
    receive: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void,
  ): object;
}

/** Code that V8 has made of Pyodide, which saves it the time to make it again. */
export interface RuntimeCode {
  program: Uint8Array;
  glue: Uint8Array;
}

/** Pyodide, on its way. */
export class Runtime {
  readonly #folder: string;
  readonly #program: Promise<WebAssembly.Module>;
  readonly #loader: Promise<{ loadPyodide: (options: object) => Promise<Pyodide> }>;
  readonly #glue: Glue;

  readonly #imports = new GuardedImports();

  /**
   * Starts reading at once.
   * @param code What `code` has returned.
   */
  constructor(folder: string, code: RuntimeCode | undefined) {
    this.#folder = folder;
    this.#program = loadProgram(readFileSync(join(folder, "pyodide.asm.wasm")), code?.program);
    this.#loader = import(this.#url("pyodide.mjs"));
    this.#glue = new Glue(
      join(folder, "pyodide.asm.mjs"),
      this.#url("pyodide.asm.mjs"),
      code?.glue,
    );
  }

  /**
   * Boots Pyodide with options of its own.
   * @param kept A memory to continue from.
   */
  async load(options: PyodideOptions, kept?: KeptMemory): Promise<Pyodide> {
    const { loadPyodide } = await this.#loader;
    return loadPyodide({
      ...options,
      ...(kept && { _loadSnapshot: kept.head }),
      indexURL: join(this.#folder, "/"),
      createPyodideModule: async (settings: ModuleSettings) => {
        settings.instantiateWasm = (imports, receive) => this.#instantiate(imports, receive);
        const module = await this.#glue.create(settings);
        kept?.prepare(module);
        return module;
      },
    });
  }

  /** The code that V8 has made, as far as it has come. */
  async code(): Promise<RuntimeCode> {
    return { program: packProgram(await this.#program), glue: this.#glue.pack() };
  }

  /** From here on Python reaches nothing beyond itself. */
  shut(): void {
    this.#imports.shut();
  }

  /** As Pyodide does it, but with a program that was compiled while the rest was still being read. */
  #instantiate(
    imports: ProgramImports,
    receive: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void,
  ): object {
    this.#imports.guard(imports.env);
    void this.#program.then(async (program) => {
      receive(await WebAssembly.instantiate(program, imports), program);
    });
    return {};
  }

  #url(file: string): string {
    return pathToFileURL(join(this.#folder, file)).href;
  }
}
