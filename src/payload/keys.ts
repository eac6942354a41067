/** The keys of payloads as words. */

/** A key in snake_case: `createdBy`, `Created-By`, `created[by]` and `created_by` are one. */
export function wordsOf(key: string): string {
  return key
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replace(/([A-Z])([A-Z][a-z])/g, "$1_$2")
    .replace(/[\s.:[\]-]+/g, "_")
    .replace(/(?<=^_|[^_])_+$/, "")
    .toLowerCase();
}
