/** Pyodide, booted plainly or from a memory snapshot. */
import { dirname } from "node:path";
import { CHECKOUT, HARNESS, REGISTRY_CODE } from "../places.ts";
import type { Question } from "../protocol.ts";
import { type Files, packMemory, type SnapshotMemory } from "./fast-start/index.ts";
import type { FileSystem, FolderNode, Pyodide, PyodideOptions, Runtime } from "./runtime.ts";
import { freezeIntrinsics, hideModules, releaseJavaScript, showModules } from "./sandbox.ts";
import { boundStorage } from "./storage.ts";

const ENVIRONMENT = { HOME: "/home", TZ: "UTC", LANG: "C.UTF-8", PYTHONHASHSEED: "0" };
/** The device that the harness writes its results to. */
const DEVICE = "/dev/engine";
const DEVICE_NUMBER = 64;

/** What Pyodide has to be told at its start where a snapshot is made later. */
const FOR_SNAPSHOT = { _makeSnapshot: true } as const;

/** The mode of a plain file. */
const EMPTY_FILE = 0o100666;

/** What the harness reports while it works. */
export type Report = Record<string, unknown> & { event: string };

/** The checkout's library does not load. */
export class BrokenLibraryError extends Error {}

/** A running Python with the checkout's library loaded. */
export class Python {
  readonly #pyodide: Pyodide;
  #listen: (report: Report) => void = () => undefined;
  /** The harness of the memory that this has gone on from. */
  #base: Files | undefined;

  private constructor(pyodide: Pyodide) {
    this.#pyodide = pyodide;
  }

  /**
   * Boots Python from nothing, with the harness loaded. Every way out is closed before the first line of the checkout's
   * runs.
   * @param files The harness, and what else there is.
   * @param makeSnapshot Whether `snapshot()` will be called; it makes the boot a little slower.
   */
  static async boot(runtime: Runtime, files: Files, makeSnapshot: boolean): Promise<Python> {
    const python = await Python.#load(runtime, files, makeSnapshot ? FOR_SNAPSHOT : undefined);
    const pyodide = python.#pyodide;
    pyodide.runPython(
      `import sys\nsys.path.insert(0, ${JSON.stringify(HARNESS)})\nfrom harness import bridge`,
    );
    releaseJavaScript(pyodide);
    hideModules(pyodide);
    runtime.close(pyodide.FS);
    freezeIntrinsics();
    return python;
  }

  /** Goes on where `boot` left off in another process. */
  static async resumeBase(runtime: Runtime, base: SnapshotMemory): Promise<Python> {
    const python = await Python.#load(runtime, base.library, FOR_SNAPSHOT, base);
    python.#base = base.library;
    freezeIntrinsics();
    hideModules(python.#pyodide);
    return python;
  }

  /** Goes on where a snapshot left off. */
  static async resume(runtime: Runtime, snapshot: SnapshotMemory): Promise<Python> {
    const python = await Python.#load(runtime, snapshot.library, undefined, snapshot);
    // Not before: Pyodide's own start changes what is frozen here. Python reaches nothing of it, since imports are shut.
    freezeIntrinsics();
    hideModules(python.#pyodide);
    python.#pyodide.runPython(
      `from harness import bridge\nbridge.resume(${JSON.stringify(CHECKOUT)})`,
    );
    return python;
  }

  /**
   * Loads the checkout's library.
   * @param library Its files, and the harness.
   * @throws BrokenLibraryError when it does not load; Error when this has gone on from the memory of another harness.
   */
  loadLibrary(library: Files): void {
    if (this.#base && !holdsAll(library, this.#base)) throw new Error("the harness is another one");
    this.#addFiles(library);
    let broken: string | undefined;
    this.#listen = (report) => {
      broken = String(report.message);
    };
    this.#pyodide.runPython(`from harness import bridge\nbridge.boot(${JSON.stringify(CHECKOUT)})`);
    if (broken !== undefined) throw new BrokenLibraryError(broken);
  }

  static async #load(
    runtime: Runtime,
    library: Files,
    options: Partial<PyodideOptions> | undefined,
    snapshot?: SnapshotMemory,
  ): Promise<Python> {
    const pyodide = await runtime.load(
      {
        env: { ...ENVIRONMENT },
        jsglobals: {},
        stdin: () => undefined,
        stdout: () => undefined,
        stderr: () => undefined,
        ...options,
      },
      snapshot,
    );
    const python = new Python(pyodide);
    python.#addFiles(library);
    python.#addDevice();
    return python;
  }

  /**
   * The whole memory, to continue from later; as the parts of a file.
   * @param library The files that are kept with it.
   * @returns Undefined when the checkout's code has left Python in a state that no snapshot can hold.
   */
  snapshot(library: Files): Uint8Array[] | undefined {
    const pyodide = this.#pyodide;
    try {
      showModules(pyodide);
      return packMemory(pyodide._module, () => pyodide.makeMemorySnapshot(), library);
    } catch {
      return undefined;
    } finally {
      hideModules(pyodide);
    }
  }

  /**
   * Takes the integrations in.
   * @param interrupt Interrupts Python when it is 2.
   */
  open(integrations: Files, interrupt: { 0: number }): void {
    this.#addFiles(integrations);
    boundStorage(this.#pyodide.FS);
    this.#pyodide.setInterruptBuffer(interrupt);
  }

  /**
   * Compiles the registry, and runs nothing of it. No code of an integration has run yet, so what comes of it depends on
   * the library and the registry alone.
   * @param code What a call before has returned for the same library and registry.
   * @returns The registry's code where it was not given or is of no use; nothing where it cannot be compiled.
   */
  compileRegistry(code: Uint8Array): Uint8Array | undefined {
    const { FS } = this.#pyodide;
    if (code.length > 0) FS.writeFile(REGISTRY_CODE, code, { canOwn: true });
    this.call("compile_registry", {}, () => undefined);
    if (!FS.analyzePath(REGISTRY_CODE).exists) return undefined;
    const made = FS.readFile(REGISTRY_CODE);
    // Of this registry alone: a process may load another one after it.
    FS.unlink(REGISTRY_CODE);
    return made;
  }

  /** Loads the registry. It is code of the checkout's, and may import integrations. */
  loadRegistry(): void {
    this.call("load_registry", {}, () => undefined);
  }

  /** Calls a function of harness/bridge.py with JSON, and passes on what it reports. */
  call(
    name:
      | "check_registry"
      | "collect"
      | "compile_registry"
      | "load_registry"
      | "renew"
      | "run"
      | Question["type"],
    request: object | string,
    listen: (report: Report) => void,
  ): void {
    this.#listen = listen;
    const argument = JSON.stringify(JSON.stringify(request));
    this.#pyodide.runPython(`from harness import bridge\nbridge.${name}(${argument})`);
  }

  /** Takes an edit of integrations or of the registry in. */
  renew(files: Files, removed: readonly string[]): void {
    const { FS } = this.#pyodide;
    for (const path of removed) {
      if (!FS.analyzePath(path).exists) continue;
      FS.unlink(path);
      removeEmpty(FS, dirname(path));
    }
    this.#addFiles(files);
  }

  #addFiles({ entries, bytes }: Files): void {
    const { FS } = this.#pyodide;
    const folders = new Map<string, FolderNode>();
    let offset = 0;
    for (const { path, length } of entries) {
      const slash = path.lastIndexOf("/");
      const folder = path.slice(0, slash);
      let node = folders.get(folder);
      if (!node) {
        FS.mkdirTree(folder);
        node = FS.lookupPath(folder).node;
        folders.set(folder, node);
      }
      const name = path.slice(slash + 1);
      if (length === 0 && !Object.hasOwn(node.contents, name)) {
        // There are hundreds of these, and writing takes ten times as long.
        node.node_ops.mknod(node, name, EMPTY_FILE, 0);
        continue;
      }
      FS.writeFile(path, bytes.subarray(offset, offset + length), { canOwn: true });
      offset += length;
    }
  }

  #addDevice(): void {
    const { FS } = this.#pyodide;
    const device = FS.makedev(DEVICE_NUMBER, 0);
    FS.registerDevice(device, {
      open: () => undefined,
      close: () => undefined,
      write: (_stream: unknown, buffer: Uint8Array, offset: number, length: number): number => {
        const text = Buffer.from(buffer.subarray(offset, offset + length)).toString("utf8");
        this.#listen(JSON.parse(text) as Report);
        return length;
      },
    });
    FS.mkdev(DEVICE, device);
  }
}

function holdsAll(files: Files, wanted: Files): boolean {
  const texts = contentsOf(files);
  return [...contentsOf(wanted)].every(([path, text]) => {
    const found = texts.get(path);
    return found !== undefined && Buffer.compare(found, text) === 0;
  });
}

function contentsOf({ entries, bytes }: Files): Map<string, Uint8Array> {
  let offset = 0;
  return new Map(
    entries.map(({ path, length }) => {
      offset += length;
      return [path, bytes.subarray(offset - length, offset)];
    }),
  );
}

/** Removes folders of the checkout that hold nothing any more: Python would take each for a package. */
function removeEmpty(FS: FileSystem, folder: string): void {
  for (let path = folder; path.startsWith(`${CHECKOUT}/`); path = dirname(path)) {
    if (Object.keys(FS.lookupPath(path).node.contents).length > 0) return;
    FS.rmdir(path);
  }
}
