/**
 * Pyodide's JavaScript, taken as a script of ours: V8 keeps the code of a script where it is asked to, and the parts
 * that prepare for libraries of machine code, which no integration has, are left out. Both were a third of a start.
 */
import { readFileSync } from "node:fs";
import { Script } from "node:vm";
import type { Memory } from "./snapshot.ts";

type CreateModule = (settings: object) => Promise<Memory>;

type Load = (name: string) => Promise<unknown>;

/** What becomes of a text that stands in it once. */
type Edit = readonly [text: string, becomes: string];

/** A script has no exports and no address. */
export const AS_SCRIPT: readonly Edit[] = [
  ["export default _createPyodideModule;", "return _createPyodideModule;"],
];

/** A library finds the eight thousand functions of Python in tables, which take longer to fill than all the rest. */
export const WITHOUT_LIBRARIES: readonly Edit[] = [
  [
    'mergeLibSymbols(wasmExports,"main");',
    'wasmImports["main"]=wasmExports["main"]??wasmExports["__main_argc_argv"];',
  ],
  ["updateGOT(origExports);", ""],
  [
    "if(!dynamicLibraries.length){reportUndefinedSymbols();return}",
    "if(!dynamicLibraries.length)return;",
  ],
  ["updateTableMap(0,wasmTable.length)", ""],
];

const LENGTH_BYTES = 4;

/** Parts of which the first can be told from the others, for `split`. */
export function joined(first: Uint8Array, ...others: Uint8Array[]): Uint8Array[] {
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32LE(first.length);
  return [length, first, ...others];
}

/** The first of the parts that `joined` was given, and the rest. */
export function split(bytes: Buffer): [first: Buffer, rest: Buffer] {
  const end = LENGTH_BYTES + bytes.readUInt32LE();
  return [bytes.subarray(LENGTH_BYTES, end), bytes.subarray(end)];
}

/** Pyodide's JavaScript. */
export class LoaderScript {
  readonly create: CreateModule;
  readonly #source: string;
  readonly #script: Script;

  /**
   * @param path Pyodide's pyodide.asm.mjs.
   * @param url The same as an address.
   * @param cached What `pack` has returned for the same file.
   */
  constructor(path: string, url: string, cached: Buffer | undefined) {
    const [script, code] = cached ? split(cached) : [];
    const source = script?.toString("latin1") ?? scriptOf(path);
    this.#source = source;
    this.#script = new Script(source, { filename: path, ...(code && { cachedData: code }) });
    const make = this.#script.runInThisContext() as (url: string, load: Load) => CreateModule;
    this.create = make(url, (name) => import(name));
  }

  /** The script, whose characters are bytes, and the code of what has run of it, for the constructor; as parts. */
  pack(): Uint8Array[] {
    return joined(Buffer.from(this.#source, "latin1"), this.#script.createCachedData());
  }
}

/** A function of the module's address and of what imports for it; a script has no address, and cannot import. */
function scriptOf(path: string): string {
  const text = edited(edited(readFileSync(path, "latin1"), AS_SCRIPT), WITHOUT_LIBRARIES)
    .replaceAll("import.meta.url", "ownAddress")
    .replaceAll(/(?<![\w.$])import\(/g, "ownImport(");
  return `((ownAddress,ownImport)=>{${text}\n})`;
}

/** @returns The text as it was, where it is another one than these edits are for. */
function edited(text: string, edits: readonly Edit[]): string {
  if (edits.some(([before]) => text.split(before).length !== 2)) return text;
  return edits.reduce((sofar, [before, after]) => sofar.replace(before, () => after), text);
}
