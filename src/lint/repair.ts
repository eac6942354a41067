/** Turns repairs into planned changes of files. */
import { join } from "node:path";
import type { FileChange } from "../host/changes.ts";
import { readBytesIfExists } from "../host/files.ts";
import type { Repair } from "./rule.ts";

/**
 * Plans the changes that make findings right. Repairs of one file are made one after the other.
 * @param root The tree's absolute root.
 * @returns One change a file, none for a file that stays as it is; nothing is written.
 */
export async function planRepairs(root: string, repairs: Iterable<Repair>): Promise<FileChange[]> {
  const files = new Map<string, { before: Buffer | undefined; after: Buffer | undefined }>();
  for (const { path, apply } of repairs) {
    const known = files.get(path);
    const before = known ? known.before : await readBytesIfExists(join(root, path));
    const after = Buffer.from(await apply(known ? known.after : before));
    files.set(path, { before, after });
  }
  return [...files].flatMap(([path, { before, after }]): FileChange[] => {
    if (after === undefined || before?.equals(after)) return [];
    return before === undefined
      ? [{ path, kind: "create", content: after }]
      : [{ path, kind: "update", content: after, expected: before }];
  });
}
