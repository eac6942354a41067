/**
 * Closes what Pyodide leaves open under Node.
 *
 * The permission model, under which this process runs, keeps it from files and from starting programs. What it does
 * not cover is closed here: the network, and the ways from Python to JavaScript.
 */
import childProcess from "node:child_process";
import dns from "node:dns";
import { constants } from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import net from "node:net";
import workerThreads from "node:worker_threads";
import type { FileSystem, Pyodide } from "./runtime.ts";

/** What a shell answers when it finds no program. */
const NO_SUCH_PROGRAM = 127;

function refuse(): never {
  throw new Error("Integrations have no access to the machine they are tested on.");
}

/**
 * Lets Pyodide start under the permission model: it asks a call that the model forbids for constants that are public.
 */
export function prepareForPyodide(): void {
  Object.assign(process, { binding: () => ({ fs: constants }) });
}

/** Takes the network and other programs away from this process. */
export function closeProcessAccess(): void {
  net.Socket.prototype.connect = refuse;
  dns.lookup = refuse as unknown as typeof dns.lookup;
  for (const name of ["spawn", "exec", "execSync", "execFile", "execFileSync", "fork"]) {
    Object.assign(childProcess, { [name]: refuse });
  }
  // Pyodide's os.system() calls this one, and an exception would end Python.
  Object.assign(childProcess, { spawnSync: () => ({ status: NO_SUCH_PROGRAM, signal: null }) });
  // A thread would start with a network of its own.
  Object.assign(workerThreads, { Worker: refuse });
  syncBuiltinESMExports();
  for (const name of ["fetch", "WebSocket", "EventSource"]) {
    Reflect.deleteProperty(globalThis, name);
  }
  for (const name of ["binding", "_linkedBinding", "dlopen", "kill", "getBuiltinModule"]) {
    Object.assign(process, { [name]: refuse });
  }
}

/** The clock is set for deliveries (see clock.ts), and Pyodide sets how deep the stack of an error is told. */
const CHANGING = new Set<unknown>([Date, Error]);

/** What JavaScript's own objects inherit from, beside the prototypes of the global classes. */
const HIDDEN_PROTOTYPES = [
  Object.getPrototypeOf(async () => undefined),
  Object.getPrototypeOf(function* () {}),
  Object.getPrototypeOf(async function* () {}),
  Object.getPrototypeOf(Uint8Array),
  Object.getPrototypeOf(Uint8Array.prototype),
  Object.getPrototypeOf([].values()),
  Object.getPrototypeOf(new Map().values()),
  Object.getPrototypeOf(new Set().values()),
];

/**
 * Freezes what all objects of JavaScript share. Code that reaches one harmless object could otherwise change what
 * this program's own calls do.
 */
export function freezeIntrinsics(): void {
  for (const name of Object.getOwnPropertyNames(globalThis)) {
    const value = Object.getOwnPropertyDescriptor(globalThis, name)?.value as unknown;
    if (typeof value !== "function") continue;
    if (value.prototype) Object.freeze(value.prototype);
    if (!CHANGING.has(value)) Object.freeze(value);
  }
  for (const shared of [...HIDDEN_PROTOTYPES, JSON, Math, Reflect, Atomics]) Object.freeze(shared);
}

const RELEASE = `
def _release():
    import gc, itertools
    from pyodide.ffi import JsProxy
    # The collector finds what nothing names any more, so nothing may hold a JavaScript object at all. Asking it for
    # everything that anything refers to is one quick call; who holds the few proxies among that is another.
    gc.collect()
    held = gc.get_referents(*gc.get_objects())
    proxy_types = {kind for kind in set(map(type, held)) if issubclass(kind, JsProxy)}
    proxies = list(itertools.compress(held, map(proxy_types.__contains__, map(type, held))))
    for holder in gc.get_referrers(*proxies) if proxies else ():
        names = holder if type(holder) is dict else getattr(holder, "__dict__", {})
        for key in [key for key, value in names.items() if type(value) in proxy_types]:
            names[key] = None
    gc.collect()
_release()
del _release
`;

/** Takes every JavaScript object from Python that it holds; a memory that is kept afterwards holds none either. */
export function releaseJavaScript(python: Pyodide): void {
  python.runPython(RELEASE);
}

const CLOSE = `
def _close():
    import importlib.abc, sys
    blocked = ("js", "pyodide_js", "_pyodide_core", "pyodide", "_pyodide", "ctypes", "_ctypes", "micropip")
    class HiddenModules(importlib.abc.MetaPathFinder):
        def find_spec(self, fullname, path, target=None):
            if fullname.partition(".")[0] in blocked:
                raise ModuleNotFoundError(f"No module named {fullname!r}", name=fullname)
            return None
    hidden = [name for name in sys.modules if name.partition(".")[0] in blocked]
    HiddenModules.hidden = {name: sys.modules.pop(name) for name in hidden}
    sys.meta_path[:] = [f for f in sys.meta_path if not type(f).__module__.startswith(("_pyodide", "pyodide"))]
    sys.meta_path.insert(0, HiddenModules())
_close()
del _close
`;

const REOPEN = `
def _reopen():
    import sys
    for finders in [one for one in sys.meta_path if type(one).__name__ == "HiddenModules"]:
        sys.meta_path.remove(finders)
        sys.modules.update(finders.hidden)
_reopen()
del _reopen
`;

/** Hides Pyodide's modules from Python. It stops accidents: what holds is that imports are shut. */
export function hideModules(python: Pyodide): void {
  python.runPython(CLOSE);
}

/** Shows Pyodide's modules again: it looks for them when it continues from a kept memory. */
export function showModules(python: Pyodide): void {
  python.runPython(REOPEN);
}

/** Leaves Python the file system in memory, and no way to mount another one. */
export function closeFileSystems(files: FileSystem): void {
  for (const name of Object.keys(files.filesystems)) {
    if (name !== "MEMFS") Reflect.deleteProperty(files.filesystems, name);
  }
  files.mount = refuse;
}
