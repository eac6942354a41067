/**
 * The machine code of Pyodide's WebAssembly.
 *
 * V8 compiles a function quickly and badly when it is first called, and well when it was called often. Most of what a
 * short run does it does before that. So the code of one process is cached for the others. V8 can do that, but Node has
 * no call for it, only V8's own tests have; what cannot be cached or taken back is compiled, which is only slower.
 */
import { readFileSync } from "node:fs";
import v8 from "node:v8";
import { Script } from "node:vm";
import { digest } from "../../../host/checksum.ts";

/**
 * The releases of V8 whose functions for tests were tried: a call that they do not expect ends the process. That of
 * Node 26 has none that return machine code.
 */
const TRIED = ["11.3.", "12.4.", "13.6."];
/** What `digest` returns, in bytes. */
const HASH_BYTES = 32;

/** Whether this Node's V8 gives its machine code away. */
export function canPackPrograms(): boolean {
  return TRIED.some((release) => process.versions.v8.startsWith(release));
}

/** Compiles a file of WebAssembly, in its own time. */
export async function compileProgram(path: string): Promise<WebAssembly.Module> {
  return WebAssembly.compile(readFileSync(path));
}

/**
 * The same with machine code that was made before.
 * @param cached What `packProgram` has made of the same file.
 */
export async function loadProgram(
  path: string,
  cached: Uint8Array | undefined,
): Promise<WebAssembly.Module> {
  const bytes = readFileSync(path);
  const code = cached && checked(cached);
  const program = code && callNative("DeserializeWasmModule", code, bytes);
  return (program as WebAssembly.Module | undefined) ?? WebAssembly.compile(bytes);
}

/**
 * Takes the machine code of a program, for `loadProgram`.
 * @returns Nothing where it cannot be had.
 */
export function packProgram(program: WebAssembly.Module): Uint8Array {
  if (!canPackPrograms()) return new Uint8Array(0);
  const code = new Uint8Array(callNative("SerializeWasmModule", program) as ArrayBuffer);
  return Buffer.concat([Buffer.from(digest([code])), code]);
}

/** The code, when it is as it was: V8 believes in what it is given, and a processor even more. */
function checked(cached: Uint8Array): ArrayBuffer | undefined {
  // A copy: V8 takes a whole buffer, and these bytes may be a part of one.
  const code = new Uint8Array(cached.subarray(HASH_BYTES));
  const hash = Buffer.from(digest([code]));
  return code.length > 0 && hash.equals(cached.subarray(0, HASH_BYTES)) ? code.buffer : undefined;
}

/** Calls a function that V8 has for its own tests. */
function callNative(name: string, ...args: unknown[]): unknown {
  const parameters = args.map((_, index) => `a${index}`).join(",");
  v8.setFlagsFromString("--allow-natives-syntax");
  try {
    const source = `((${parameters}) => %${name}(${parameters}))`;
    return (new Script(source).runInThisContext() as (...args: unknown[]) => unknown)(...args);
  } finally {
    v8.setFlagsFromString("--no-allow-natives-syntax");
  }
}
