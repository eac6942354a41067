/** Pyodide's own program: read while the parent is still reading the checkout. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { GuardedImports, type Imports } from "./imports.ts";
import type { Memory, SnapshotMemory } from "./memory.ts";
import { loadProgram, packProgram } from "./program.ts";
import { PyodideLoader } from "./pyodide-loader.ts";
import { closeFileSystems, closeProcessAccess } from "./sandbox.ts";
import type { Storage } from "./storage.ts";

/** A folder in memory. */
export interface FolderNode {
  contents: Record<string, unknown>;
  node_ops: {
    mknod(folder: FolderNode, name: string, mode: number, device: number): unknown;
  };
}

/** What of Emscripten's file system is used here. */
export interface FileSystem extends Storage {
  mkdirTree(path: string): void;
  analyzePath(path: string): { exists: boolean };
  lookupPath(path: string): { node: FolderNode };
  unlink(path: string): void;
  writeFile(path: string, data: Uint8Array, options: { canOwn: boolean }): void;
  readFile(path: string): Uint8Array;
  makedev(major: number, minor: number): number;
  registerDevice(device: number, operations: object): void;
  mkdev(path: string, device: number): void;
  mount: unknown;
  filesystems: Record<string, unknown>;
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
  /** Undefined is the end of what can be read. */
  stdin: () => undefined;
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
  loader: Uint8Array;
}

/** @param bytes What `Runtime.code` has returned, joined. */
export function unpackCode(bytes: Buffer): RuntimeCode {
  const end = LENGTH_BYTES + bytes.readUInt32LE();
  return { program: bytes.subarray(LENGTH_BYTES, end), loader: bytes.subarray(end) };
}

const LENGTH_BYTES = 4;

/** Pyodide, on its way. */
export class Runtime {
  readonly #folder: string;
  readonly #standardLibrary: string;
  readonly #program: Promise<WebAssembly.Module>;
  readonly #loader: Promise<{ loadPyodide: (options: object) => Promise<Pyodide> }>;
  readonly #script: PyodideLoader;

  readonly #imports = new GuardedImports();

  /**
   * Starts reading at once.
   * @param folder Pyodide's.
   * @param standardLibrary The archive that Python imports its own modules from.
   * @param code What `code` has returned in a process that never ran a stranger's code: V8 runs it as it is.
   */
  constructor(folder: string, standardLibrary: string, code: RuntimeCode | undefined) {
    this.#folder = folder;
    this.#standardLibrary = standardLibrary;
    this.#program = loadProgram(readFileSync(join(folder, "pyodide.asm.wasm")), code?.program);
    this.#loader = import(this.#url("pyodide.mjs"));
    this.#script = new PyodideLoader(
      join(folder, "pyodide.asm.mjs"),
      this.#url("pyodide.asm.mjs"),
      code?.loader,
    );
  }

  /**
   * Boots Pyodide with options of its own.
   * @param kept A memory to continue from.
   */
  async load(options: PyodideOptions, kept?: SnapshotMemory): Promise<Pyodide> {
    const { loadPyodide } = await this.#loader;
    return loadPyodide({
      ...options,
      ...(kept && { _loadSnapshot: kept.head }),
      indexURL: join(this.#folder, "/"),
      stdLibURL: this.#standardLibrary,
      createPyodideModule: async (settings: ModuleSettings) => {
        settings.instantiateWasm = (imports, receive) => this.#instantiate(imports, receive);
        const module = await this.#script.create(settings);
        kept?.prepare(module, () => this.close(module.FS));
        return module;
      },
    });
  }

  /** The code that V8 has made, as far as it has come. */
  async code(): Promise<Uint8Array[]> {
    const program = packProgram(await this.#program);
    const length = Buffer.alloc(LENGTH_BYTES);
    length.writeUInt32LE(program.length);
    return [length, program, this.#script.pack()];
  }

  /** From here on Python reaches nothing beyond itself, and nothing of a checkout runs before. */
  close(files: FileSystem): void {
    closeFileSystems(files);
    this.#imports.shut();
    closeProcessAccess();
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
