/** Pyodide, booted plainly or from a memory snapshot. */
import { CHECKOUT, HARNESS } from "../places.ts";
import type { FileEntry, Question } from "../protocol.ts";
import { closePythonDoors, releaseJavaScript } from "./doors.ts";
import { KeptMemory, packMemory } from "./memory.ts";
import type { Pyodide, Runtime } from "./runtime.ts";

const ENVIRONMENT = { HOME: "/home", TZ: "UTC", LANG: "C.UTF-8", PYTHONHASHSEED: "0" };
/** The device that the harness writes its results to. */
const DEVICE = "/dev/engine";
const DEVICE_NUMBER = 64;

/** What the harness reports while it works. */
export type Report = Record<string, unknown> & { event: string };

/** The checkout's library does not load. */
export class BrokenLibraryError extends Error {}

/** A running Python with the checkout's library loaded. */
export class Python {
  readonly #pyodide: Pyodide;
  #listen: (report: Report) => void = () => undefined;

  private constructor(pyodide: Pyodide) {
    this.#pyodide = pyodide;
  }

  /**
   * Boots Python.
   * @param makeSnapshot Whether `snapshot()` will be called; it makes the boot a little slower.
   */
  static async boot(
    runtime: Runtime,
    files: { entries: FileEntry[]; bytes: Uint8Array },
    options: { snapshot?: string | undefined; makeSnapshot: boolean; interrupt: Uint8Array },
  ): Promise<Python> {
    const kept = options.snapshot === undefined ? undefined : new KeptMemory(options.snapshot);
    const pyodide = await runtime.load(
      {
        env: { ...ENVIRONMENT },
        jsglobals: {},
        stdout: () => undefined,
        stderr: () => undefined,
        ...(options.makeSnapshot && { _makeSnapshot: true }),
      },
      kept,
    );
    const python = new Python(pyodide);
    python.#addFiles(files.entries, files.bytes);
    python.#addDevice();
    pyodide.setInterruptBuffer(options.interrupt);
    let broken: string | undefined;
    python.#listen = (report) => {
      broken = String(report.message);
    };
    if (kept) {
      pyodide.runPython(`from harness import bridge\nbridge.wake(${JSON.stringify(CHECKOUT)})`);
    } else {
      pyodide.runPython(
        `import sys\nsys.path.insert(0, ${JSON.stringify(HARNESS)})\n` +
          `from harness import bridge\nbridge.boot(${JSON.stringify(CHECKOUT)})`,
      );
    }
    if (broken !== undefined) throw new BrokenLibraryError(broken);
    // A kept memory was freed of them before it was made.
    if (!kept) releaseJavaScript(pyodide);
    return python;
  }

  /** The whole memory, to continue from later. */
  snapshot(): Uint8Array {
    return packMemory(this.#pyodide._module, () => this.#pyodide.makeMemorySnapshot());
  }

  /** From here on no code of the checkout reaches beyond Python. */
  closeDoors(): void {
    closePythonDoors(this.#pyodide);
  }

  /** Calls a function of harness/bridge.py with JSON, and passes on what it reports. */
  call(
    name: "collect" | "renew" | "run" | Question["type"] | "sabotage",
    request: object | string,
    listen: (report: Report) => void,
  ): void {
    this.#listen = listen;
    const argument = JSON.stringify(JSON.stringify(request));
    this.#pyodide.runPython(`from harness import bridge\nbridge.${name}(${argument})`);
  }

  /** Takes an edit of integrations or of the registry in. */
  renew(files: readonly FileEntry[], bytes: Uint8Array, removed: readonly string[]): void {
    const { FS } = this.#pyodide;
    for (const path of removed) if (FS.analyzePath(path).exists) FS.unlink(path);
    this.#addFiles(files, bytes);
  }

  #addFiles(entries: readonly FileEntry[], bytes: Uint8Array): void {
    const { FS } = this.#pyodide;
    const folders = new Set<string>();
    let offset = 0;
    for (const { path, length } of entries) {
      const folder = path.slice(0, path.lastIndexOf("/"));
      if (!folders.has(folder)) {
        FS.mkdirTree(folder);
        folders.add(folder);
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
