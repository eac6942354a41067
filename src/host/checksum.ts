/** Checksums that file formats ask for, and hashes to know things by. */
import { createHash } from "node:crypto";
import { crc32 as ofZlib } from "node:zlib";

/** The CRC-32 that PNG, gzip and zip use, as an unsigned number. */
export function crc32(bytes: Uint8Array): number {
  return ofZlib(bytes);
}

/** The SHA-256 of bytes or of a text, in hex. */
export function sha256(content: Uint8Array | string): string {
  return createHash("sha256").update(content).digest("hex");
}

/** A hash of 32 digits, in which the parts cannot run into each other. */
export function digest(parts: readonly (string | Uint8Array)[]): string {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(`${part.length}\0`).update(part);
  return hash.digest("hex").slice(0, 32);
}
