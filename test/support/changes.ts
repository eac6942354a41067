/** Changes of a tree, for tables of them. Paths are relative to its root. */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

export type Change = (root: string) => void;

/** Writes a file, and makes its folder where it is missing. */
export function write(path: string, text: string): Change {
  return (root) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
}

/** Removes a file or a folder, which has to be there. */
export function remove(path: string): Change {
  return (root) => rmSync(join(root, path), { recursive: true });
}

/** Adds text at the end of a file. */
export function append(path: string, text = "\n# More.\n"): Change {
  return (root) => writeFileSync(join(root, path), text, { flag: "a" });
}
