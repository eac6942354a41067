/**
 * The form in which Python's memory is kept: what Pyodide says of it, those parts that are not zero, and the files that
 * it was loaded from, since modules are imported when they are first used.
 *
 * A third of it is zero, and what is not read need not be held: where memory is slow, most of a start is waiting for it.
 */
import { closeSync, readSync } from "node:fs";
import { SEAL_BYTES } from "../../places.ts";
import type { FileEntry } from "../../protocol.ts";
import type { FileSystem } from "../runtime.ts";

/** What of Emscripten's module is used here. Addresses are bytes. */
export interface Memory {
  FS: FileSystem;
  HEAPU8: Uint8Array;
  ___stack_low: number;
  ___heap_base: number;
  _sbrk(bytes: number): number;
  growMemory(bytes: number): void;
  API: {
    restoreSnapshot(snapshot: Uint8Array): SnapshotState;
    /** The objects of JavaScript that Python is given at its start. */
    getExpectedKeys(): unknown[];
  };
}

/** What Pyodide says of a memory: which objects of JavaScript Python had. */
interface SnapshotState {
  hiwireKeys: unknown[];
}

const MAGIC = 0x33_73_77_63;
const PAGE = 4096;
/** Shorter stretches of zeros than this many pages are kept: each costs a call when they are read. */
const WORTHWHILE_PAGES = 8;
/** A module that has just been made has written to no more than this of its stack and of its heap. */
const FRESH_BYTES = 1 << 20;
const HEADER_WORDS = 6;
/** In Pyodide's own form the second word says where the memory begins. */
const PYODIDE_OFFSET_WORD = 1;

/** A stretch of memory that is not zero: where it begins and ends. */
type Stretch = [start: number, end: number];

/** Files, whose contents follow each other in `bytes`. */
export interface Files {
  entries: readonly FileEntry[];
  bytes: Uint8Array;
}

/**
 * Takes the memory of a module whose Python has no JavaScript object left, in the form that `SnapshotMemory` reads.
 * @param take Pyodide's makeMemorySnapshot.
 * @param library The files that are kept with it.
 * @returns The parts of the file.
 */
export function packMemory(layout: Memory, take: () => Uint8Array, library: Files): Uint8Array[] {
  giveNothing(layout);
  const snapshot = take();
  const words = new Uint32Array(snapshot.buffer, snapshot.byteOffset, PYODIDE_OFFSET_WORD + 1);
  const offset = words[PYODIDE_OFFSET_WORD] ?? 0;
  const memory = snapshot.subarray(offset);
  const stretches = stretchesOf(memory, layout);
  const names = Buffer.from(JSON.stringify(library.entries));
  const table = Uint32Array.from([
    MAGIC,
    offset,
    memory.length,
    stretches.length,
    names.length,
    library.bytes.length,
    ...stretches.flat(),
  ]);
  const parts = stretches.map(([start, end]) => memory.subarray(start, end));
  const head = [new Uint8Array(table.buffer), snapshot.subarray(0, offset)];
  return [...head, names, library.bytes, ...parts];
}

function stretchesOf(memory: Uint8Array, layout: Memory): Stretch[] {
  const words = new BigUint64Array(
    memory.buffer.slice(memory.byteOffset, memory.byteOffset + memory.length),
  );
  const found: Stretch[] = [];
  for (let start = 0; start < memory.length; start += PAGE) {
    if (isZero(words, start) && isUntouched(start, layout)) continue;
    const last = found.at(-1);
    const end = Math.min(start + PAGE, memory.length);
    if (last && start - last[1] < WORTHWHILE_PAGES * PAGE) last[1] = end;
    else found.push([start, end]);
  }
  return found;
}

function isZero(words: BigUint64Array, start: number): boolean {
  for (let index = start / 8; index < (start + PAGE) / 8; index += 1) {
    if ((words[index] ?? 0n) !== 0n) return false;
  }
  return true;
}

/** Whether a page is zero in a module that has just been made: then zeros need not be written to it. */
function isUntouched(start: number, { ___stack_low: low, ___heap_base: high }: Memory): boolean {
  const inStack = start >= low + PAGE && start + PAGE <= high - FRESH_BYTES;
  return inStack || start >= high + FRESH_BYTES;
}

/**
 * Has Pyodide keep no object of JavaScript for Python, nor give it one. It refuses to make a snapshot while Python
 * has any other than these.
 */
function giveNothing({ API }: Memory): void {
  API.getExpectedKeys = () => [null];
}

/** A memory that is kept in a file. */
export class SnapshotMemory {
  /** What Pyodide is to be given as its snapshot. */
  readonly head: Uint8Array;
  /** The files that are kept with it. */
  readonly library: Files;
  readonly #file: number;
  readonly #length: number;
  readonly #stretches: Stretch[];
  #offset: number;

  /**
   * @param file The descriptor of a file that the parent has sealed, which is read once and then closed.
   * @throws Error when the file is none of `packMemory`'s.
   */
  constructor(file: number) {
    this.#file = file;
    const header = this.#words(0, HEADER_WORDS);
    const [magic, headLength = 0, length = 0, count = 0, ...lengths] = header;
    const [namesLength = 0, filesLength = 0] = lengths;
    if (magic !== MAGIC) throw new Error("this is no memory of Python");
    const bounds = this.#words(HEADER_WORDS, 2 * count);
    this.#offset = SEAL_BYTES + 4 * (HEADER_WORDS + 2 * count);
    this.head = this.#next(headLength);
    const names = Buffer.from(this.#next(namesLength)).toString();
    this.library = { entries: JSON.parse(names) as FileEntry[], bytes: this.#next(filesLength) };
    this.#length = length;
    this.#stretches = Array.from({ length: count }, (_, index) => [
      bounds[2 * index] ?? 0,
      bounds[2 * index + 1] ?? 0,
    ]);
  }

  /**
   * Has Pyodide continue from this memory in a module that has just been made.
   * @param close Closes Python's ways out. The memory may be made by a stranger's code, whose next step may be hidden in
   * any function that Pyodide calls first.
   */
  prepare(module: Memory, close: () => void): void {
    if (module._sbrk(0) > module.___heap_base + FRESH_BYTES) {
      throw new Error("Pyodide has used more memory than was foreseen");
    }
    module.growMemory(this.#length);
    giveNothing(module);
    const restore = module.API.restoreSnapshot;
    module.API.restoreSnapshot = (head) => {
      const state = restore(head);
      if (state.hiwireKeys.some((key) => key !== null)) {
        throw new Error("the memory of Python has objects of JavaScript");
      }
      for (const [start, end] of this.#stretches) {
        this.#read(module.HEAPU8.subarray(start, end), this.#offset);
        this.#offset += end - start;
      }
      closeSync(this.#file);
      close();
      return state;
    };
  }

  #words(index: number, count: number): Uint32Array {
    const words = new Uint32Array(count);
    this.#read(new Uint8Array(words.buffer), SEAL_BYTES + 4 * index);
    return words;
  }

  #next(length: number): Uint8Array {
    const bytes = new Uint8Array(length);
    this.#read(bytes, this.#offset);
    this.#offset += length;
    return bytes;
  }

  #read(into: Uint8Array, offset: number): void {
    for (let done = 0; done < into.length; ) {
      const read = readSync(this.#file, into, done, into.length - done, offset + done);
      if (read === 0) throw new Error("the memory of Python is cut off");
      done += read;
    }
  }
}
