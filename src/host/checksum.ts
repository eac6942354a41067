/** Checksums that file formats ask for. */
import { crc32 as ofZlib } from "node:zlib";

/** The CRC-32 that PNG, gzip and zip use, as an unsigned number. */
export function crc32(bytes: Uint8Array): number {
  return ofZlib(bytes);
}
