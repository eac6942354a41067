/** Pyodide's own program: read while the parent is still reading the checkout. */
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** What of Emscripten's file system is used here. */
export interface FileSystem {
  mkdirTree(path: string): void;
  analyzePath(path: string): { exists: boolean };
  unlink(path: string): void;
  writeFile(path: string, data: Uint8Array, options: { canOwn: boolean }): void;
  makedev(major: number, minor: number): number;
  registerDevice(device: number, operations: object): void;
  mkdev(path: string, device: number): void;
  filesystems: Record<string, unknown>;
}

/** What of Pyodide is used here. */
export interface Pyodide {
  FS: FileSystem;
  runPython(code: string): unknown;
  setInterruptBuffer(buffer: Uint8Array): void;
  makeMemorySnapshot(): Uint8Array;
}

/** Options of loadPyodide that this engine sets; the two with an underscore are not public. */
export interface PyodideOptions {
  env: Record<string, string>;
  jsglobals: object;
  stdout: () => void;
  stderr: () => void;
  _makeSnapshot?: true;
  _loadSnapshot?: Uint8Array;
}

interface EmscriptenModule {
  growMemory(bytes: number): void;
}

type CreateModule = (settings: object) => Promise<EmscriptenModule>;

/** Pyodide, on its way. */
export class Runtime {
  readonly #folder: string;
  readonly #loader: Promise<{ loadPyodide: (options: object) => Promise<Pyodide> }>;
  readonly #glue: Promise<{ default: CreateModule }>;

  /** Starts reading at once. */
  constructor(folder: string) {
    this.#folder = folder;
    this.#loader = import(this.#url("pyodide.mjs"));
    this.#glue = import(this.#url("pyodide.asm.mjs"));
  }

  /** Boots Pyodide with options of its own. */
  async load(options: PyodideOptions): Promise<Pyodide> {
    const [{ loadPyodide }, { default: create }] = await Promise.all([this.#loader, this.#glue]);
    return loadPyodide({
      ...options,
      indexURL: join(this.#folder, "/"),
      createPyodideModule: async (settings: object) => {
        const module = await create(settings);
        // Pyodide restores a snapshot into the memory it starts with, which can be too small.
        if (options._loadSnapshot) module.growMemory(options._loadSnapshot.length);
        return module;
      },
    });
  }

  #url(file: string): string {
    return pathToFileURL(join(this.#folder, file)).href;
  }
}
