/** Filling the cache. */
import { createReadStream, createWriteStream } from "node:fs";
import { writeFile } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { createBrotliDecompress } from "node:zlib";
import { machineFileError, systemCode } from "./file-error.ts";
import { exists } from "./files.ts";
import { makeWhole } from "./partial.ts";

/**
 * Unpacks a Brotli file into an executable one.
 * @param source The `.br` file.
 * @param target The file to make.
 * @throws MachineError when the disk is full or the folder cannot be written.
 */
export async function unpackExecutable(source: string, target: string): Promise<void> {
  await fillCache(target, (partial) =>
    pipeline(
      createReadStream(source, { highWaterMark: 1 << 20 }),
      createBrotliDecompress({ chunkSize: 1 << 20 }),
      createWriteStream(partial, { mode: 0o755 }),
    ),
  );
}

/**
 * Unpacks a Brotli-compressed tar file into a folder.
 * @param source The `.tar.br` file.
 * @param target The folder to make.
 * @throws MachineError when the disk is full or the folder cannot be written.
 */
export async function unpackFolder(source: string, target: string): Promise<void> {
  const { extract } = await import("tar-fs");
  await fillCache(target, (partial) =>
    pipeline(createReadStream(source), createBrotliDecompress(), extract(partial)),
  );
}

/**
 * Writes a file of the cache, for this user alone.
 * @param content The file, whole or in parts.
 * @throws MachineError when the disk is full or the folder cannot be written.
 */
export async function writeCached(
  target: string,
  content: Uint8Array | string | readonly Uint8Array[],
): Promise<void> {
  await fillCache(target, (partial) => writeFile(partial, content, { mode: 0o600 }));
}

async function fillCache(target: string, make: (partial: string) => Promise<void>): Promise<void> {
  try {
    await makeWhole(target, make);
  } catch (error) {
    // Another process was quicker: a folder, unlike a file, is not replaced by a rename.
    if (["ENOTEMPTY", "EEXIST"].includes(systemCode(error) ?? "") && exists(target)) return;
    throw machineFileError(error, "write to the cache", target, "CONNECT_WEBHOOK_CACHE");
  }
}
