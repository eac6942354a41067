/** Undoing the compression of HTTP bodies. */
import { promisify } from "node:util";
import { brotliDecompress, gunzip, inflate, inflateRaw } from "node:zlib";
import { UserError } from "../errors.ts";
import { systemCode } from "./file-error.ts";

type Undo = (bytes: Uint8Array, options: { maxOutputLength: number }) => Promise<Buffer>;

const undo: Readonly<Record<string, Undo>> = {
  gzip: promisify(gunzip) as Undo,
  "x-gzip": promisify(gunzip) as Undo,
  br: promisify(brotliDecompress) as Undo,
  // Some send the bare stream, some the one with a header; both call it so.
  deflate: (bytes, options) =>
    (promisify(inflate) as Undo)(bytes, options).catch((error: unknown) => {
      if (isTooLarge(error)) throw error;
      return (promisify(inflateRaw) as Undo)(bytes, options);
    }),
  identity: async (bytes) => Buffer.from(bytes),
};

/**
 * Decodes a body as its `Content-Encoding` says.
 * @param encoding Such as `gzip`, or several with commas between them, in the order in which they were applied.
 * @param maxBytes More than this is refused while it is unpacked.
 * @throws UserError `unknown-encoding`, `broken-encoding` or `file-too-large`.
 */
export async function decodeBody(
  bytes: Uint8Array,
  encoding: string,
  maxBytes: number,
): Promise<Uint8Array> {
  let decoded = bytes;
  for (const name of encoding.toLowerCase().split(",").reverse()) {
    const word = name.trim();
    if (word === "") continue;
    const step = Object.hasOwn(undo, word) ? undo[word] : undefined;
    if (!step) throw failure(`The encoding ${word} of a body is not known`, "unknown-encoding");
    decoded = await step(decoded, { maxOutputLength: maxBytes }).catch((error: unknown) => {
      if (isTooLarge(error)) throw failure("A body is too large unpacked", "file-too-large");
      throw failure(`A body is not what its encoding ${word} says`, "broken-encoding");
    });
  }
  return decoded;
}

const isTooLarge = (error: unknown): boolean => systemCode(error) === "ERR_BUFFER_TOO_LARGE";

function failure(what: string, code: string): UserError {
  return new UserError(`${what}.`, { code, hint: "Tell the service to send it uncompressed." });
}
