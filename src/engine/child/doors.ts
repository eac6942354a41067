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
import type { Pyodide } from "./runtime.ts";

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
export function closeProcessDoors(): void {
  net.Socket.prototype.connect = refuse;
  dns.lookup = refuse as unknown as typeof dns.lookup;
  for (const name of ["spawn", "exec", "execSync", "execFile", "execFileSync", "fork"]) {
    Object.assign(childProcess, { [name]: refuse });
  }
  // Pyodide's os.system() calls this one, and an exception would end Python.
  Object.assign(childProcess, { spawnSync: () => ({ status: NO_SUCH_PROGRAM, signal: null }) });
  syncBuiltinESMExports();
  for (const name of ["fetch", "WebSocket", "EventSource"])
    Reflect.deleteProperty(globalThis, name);
}

const CLOSE_PYTHON = `
def _close():
    import importlib.abc, sys
    blocked = ("js", "pyodide_js", "_pyodide_core", "pyodide", "_pyodide", "ctypes", "_ctypes", "micropip")
    class Doors(importlib.abc.MetaPathFinder):
        def find_spec(self, fullname, path, target=None):
            if fullname.partition(".")[0] in blocked:
                raise ModuleNotFoundError(f"No module named {fullname!r}", name=fullname)
            return None
    for name in [name for name in sys.modules if name.partition(".")[0] in blocked]:
        del sys.modules[name]
    sys.meta_path[:] = [f for f in sys.meta_path if not type(f).__module__.startswith(("_pyodide", "pyodide"))]
    sys.meta_path.insert(0, Doors())
_close()
del _close
`;

/** Takes JavaScript, and the host's files, away from Python. */
export function closePythonDoors(python: Pyodide): void {
  for (const name of ["NODEFS", "PROXYFS", "WORKERFS"]) {
    Reflect.deleteProperty(python.FS.filesystems, name);
  }
  python.runPython(CLOSE_PYTHON);
}
