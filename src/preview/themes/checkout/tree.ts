/** Reading the files a tree's look is made of. They are a stranger's: from inside the tree only, and not without end. */
import { posix } from "node:path";
import { UserError } from "../../../errors.ts";
import { fileStat, isFile, listDirectory, pathInside, readBytes } from "../../../host/files.ts";

/** The largest style sheet of the trees we know has 90 kB. */
const MAX_BYTES = 2_000_000;

/** Says that the tree's look cannot be used, and why. */
export function unreadable(reason: string, cause?: unknown): UserError {
  return new UserError(`The tree's own look cannot be used: ${reason}.`, {
    code: "unreadable-theme",
    hint: "Use --theme builtin.",
    cause,
  });
}

export class ThemeFiles {
  constructor(private readonly root: string) {}

  /** Whether there is such a file inside the tree. */
  has(path: string): boolean {
    return this.#inside(path) !== undefined;
  }

  /** The names in a folder, in order; none when it is not there, or not inside the tree. */
  async namesIn(folder: string): Promise<string[]> {
    const path = pathInside(this.root, folder);
    const entries = path === undefined ? [] : await listDirectory(path);
    return entries.map(({ name }) => name).sort();
  }

  /** @throws UserError `unreadable-theme` when there is none, or it is absurdly large. */
  async bytes(path: string): Promise<Buffer> {
    const file = this.#inside(path);
    if (file === undefined) throw unreadable(`there is no ${path}`);
    if ((fileStat(file)?.size ?? 0) > MAX_BYTES) throw unreadable(`${path} is too large`);
    return readBytes(file);
  }

  async text(path: string): Promise<string> {
    return (await this.bytes(path)).toString("utf8");
  }

  /** A path that a file names relative to itself, from the tree's root. */
  static beside(file: string, named: string): string {
    return posix.join(posix.dirname(file), named);
  }

  #inside(path: string): string | undefined {
    const file = pathInside(this.root, path);
    return file !== undefined && isFile(file) ? file : undefined;
  }
}
