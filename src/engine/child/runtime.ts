/** Pyodide's own program: read while the parent is still reading the checkout. */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import {
  fastPrograms,
  type Memory,
  type PyodidePrograms,
  plainPrograms,
  type SnapshotMemory,
} from "./fast-start/index.ts";
import { GuardedImports, type Imports } from "./imports.ts";
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
  rmdir(path: string): void;
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

/** Pyodide, on its way. */
export class Runtime {
  readonly #folder: string;
  readonly #standardLibrary: string;
  readonly #programs: PyodidePrograms;
  readonly #loader: Promise<{ loadPyodide: (options: object) => Promise<Pyodide> }>;
  readonly #imports = new GuardedImports();

  /**
   * Starts reading at once.
   * @param folder Pyodide's.
   * @param standardLibrary The archive that Python imports its own modules from.
   * @param start `isFast`: whether means are used that are not public; `code`: what `code` has returned.
   */
  constructor(
    folder: string,
    standardLibrary: string,
    { isFast, code }: { isFast: boolean; code: Buffer | undefined },
  ) {
    this.#folder = folder;
    this.#standardLibrary = standardLibrary;
    this.#programs = isFast ? fastPrograms(folder, code) : plainPrograms(folder);
    this.#loader = import(pathToFileURL(join(folder, "pyodide.mjs")).href);
  }

  /**
   * Boots Pyodide with options of its own.
   * @param snapshot A memory to continue from.
   */
  async load(options: PyodideOptions, snapshot?: SnapshotMemory): Promise<Pyodide> {
    const { loadPyodide } = await this.#loader;
    return loadPyodide({
      ...options,
      ...(snapshot && { _loadSnapshot: snapshot.head }),
      indexURL: join(this.#folder, "/"),
      stdLibURL: this.#standardLibrary,
      createPyodideModule: async (settings: ModuleSettings) => {
        settings.instantiateWasm = (imports, receive) => this.#instantiate(imports, receive);
        const module = await this.#programs.create(settings);
        snapshot?.prepare(module, () => this.close(module.FS));
        return module;
      },
    });
  }

  /** The code that V8 has made, as far as it has come. */
  code(): Promise<Uint8Array[]> {
    return this.#programs.pack();
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
    void this.#programs.wasm.then(async (program) => {
      receive(await WebAssembly.instantiate(program, imports), program);
    });
    return {};
  }
}
