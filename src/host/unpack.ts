/** Filling the cache: files appear whole or not at all, so that several processes may make the same one. */
import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createBrotliDecompress } from "node:zlib";
import { fileError } from "./files.ts";

/**
 * Unpacks a Brotli file into an executable one.
 * @param source The `.br` file.
 * @param target The file to make.
 * @throws MachineError when the disk is full or the folder cannot be written.
 */
export async function unpackExecutable(source: string, target: string): Promise<void> {
  await makeWhole(target, (partial) =>
    pipeline(
      createReadStream(source, { highWaterMark: 1 << 20 }),
      createBrotliDecompress({ chunkSize: 1 << 20 }),
      createWriteStream(partial, { mode: 0o755 }),
    ),
  );
}

/**
 * Writes a file of the cache.
 * @throws MachineError when the disk is full or the folder cannot be written.
 */
export async function writeCached(target: string, content: Uint8Array | string): Promise<void> {
  await makeWhole(target, (partial) => writeFile(partial, content));
}

async function makeWhole(target: string, make: (partial: string) => Promise<void>): Promise<void> {
  const partial = join(dirname(target), `.${basename(target)}.${process.pid}.partial`);
  try {
    await mkdir(dirname(target), { recursive: true });
    await make(partial);
    await rename(partial, target);
  } catch (error) {
    await rm(partial, { force: true });
    throw fileError(error, "write to the cache", target);
  }
}
