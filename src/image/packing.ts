/** Values with bytes in them, as a JSON text and the bytes: what the image process and its parent say to each other. */

/** Takes the bytes out of a value; the parts are appended to `parts`. */
export function pack(value: unknown, parts: Uint8Array[]): unknown {
  if (value instanceof Uint8Array) {
    parts.push(value);
    return { bytes: value.length };
  }
  if (Array.isArray(value)) return value.map((item) => pack(item, parts));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, pack(item, parts)]));
}

/** Puts the bytes back. */
export function unpack(value: unknown, payload: Buffer): unknown {
  let at = 0;
  const fill = (packed: unknown): unknown => {
    if (Array.isArray(packed)) return packed.map(fill);
    if (typeof packed !== "object" || packed === null) return packed;
    const { bytes, ...rest } = packed as Record<string, unknown>;
    if (typeof bytes === "number" && Object.keys(rest).length === 0) {
      at += bytes;
      return payload.subarray(at - bytes, at);
    }
    return Object.fromEntries(Object.entries(packed).map(([key, item]) => [key, fill(item)]));
  };
  return fill(value);
}
