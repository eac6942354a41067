/** The files of an integration that changed, with how much. */
import { join } from "node:path";
import type { ChangedFiles } from "../../checkout/changed.ts";
import type { Checkout } from "../../checkout/model.ts";
import { changedLines } from "../../checkout/revision.ts";
import { isFile, readBytesIfExists } from "../../host/files.ts";
import type { ChangedFile } from "../../review/index.ts";
import type { Subject } from "./subjects.ts";

export type LineCounts = ReadonlyMap<string, { added: number; removed: number } | undefined>;

/** How many lines changed in each touched file; of what git does not track all lines are new. */
export async function lineCounts(
  root: string,
  { base, touched }: ChangedFiles,
): Promise<LineCounts> {
  const counts = await changedLines(root, base);
  for (const path of touched) {
    if (counts.has(path) || !path.startsWith("zerver/webhooks/")) continue;
    const bytes = isFile(join(root, path)) ? await readBytesIfExists(join(root, path)) : undefined;
    if (bytes && !bytes.includes(0)) {
      counts.set(path, { added: bytes.toString("latin1").split("\n").length - 1, removed: 0 });
    }
  }
  return counts;
}

/** The touched files of one integration, and the registry where its entry is new or gone. */
export function filesOf(
  { status, before, after }: Subject,
  { root, registryPath, dialect }: Checkout,
  { touched, added, renamed }: ChangedFiles,
  counts: LineCounts,
): ChangedFile[] {
  const sides = [before, after].filter((side) => side !== undefined);
  const folders = sides.flatMap(({ directory, name }) => [
    `${directory}/`,
    `${dialect.imageRoot}/${name}/`,
  ]);
  const single = new Set<string | undefined>([
    ...sides.flatMap(({ logo, avatar, screenshots }) => [
      logo,
      avatar,
      ...screenshots.map(({ imagePath }) => imagePath),
    ]),
    status === "changed" ? undefined : registryPath,
  ]);
  const former = new Set(renamed.values());
  return [...touched]
    .filter((path) => !former.has(path) || isFile(join(root, path)))
    .filter((path) => single.has(path) || folders.some((folder) => path.startsWith(folder)))
    .sort()
    .map((path) => {
      const count = counts.get(path);
      const here = isFile(join(root, path));
      const formerPath = here ? renamed.get(path) : undefined;
      if (formerPath !== undefined) {
        return {
          path,
          status: "renamed",
          formerPath,
          added: count?.added,
          removed: count?.removed,
        };
      }
      return {
        path,
        status: added.has(path) ? "added" : here ? "changed" : "removed",
        added: count?.added,
        removed: count?.removed,
      };
    });
}
