/**
 * Files that are safe once a promise says so: on the disk, under their name, whatever happens to the process or the
 * machine afterwards.
 */
import { randomBytes } from "node:crypto";
import { mkdir, open, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileError } from "./file-error.ts";

/** Owner only: what is kept here may hold secrets. */
const FILE_MODE = 0o600;
const FOLDER_MODE = 0o700;

/** A folder whose files appear whole and stay. Files that were never finished end in `.part`. */
export class DurableFolder {
  readonly path: string;
  /** The sync that is under way, and the one that those who come meanwhile wait for. */
  #syncing: Promise<void> | undefined;
  #next: Promise<void> | undefined;

  /** Use `DurableFolder.open`. */
  private constructor(path: string) {
    this.path = path;
  }

  /**
   * Opens a folder, and makes it when it is not there.
   * @param path Its absolute path.
   * @throws UserError or MachineError when that cannot be done.
   */
  static async open(path: string): Promise<DurableFolder> {
    try {
      await mkdir(path, { recursive: true, mode: FOLDER_MODE });
    } catch (error) {
      throw fileError(error, "make the folder", path);
    }
    return new DurableFolder(path);
  }

  /**
   * Writes a file whole, over one of the same name. It is safe only after `commit`.
   * @param name A file name, not a path.
   * @param content All of it, or parts as they come. What the parts throw is thrown on, and no file is left.
   * @throws UserError or MachineError when the disk refuses.
   */
  async put(name: string, content: Uint8Array | AsyncIterable<Uint8Array>): Promise<void> {
    const target = join(this.path, name);
    const partial = `${target}.${randomBytes(4).toString("hex")}.part`;
    try {
      await writePart(partial, content);
      await onDisk(rename(partial, target), target);
    } catch (error) {
      await rm(partial, { force: true }).catch(() => undefined);
      throw error;
    }
  }

  /** Makes the names of all files that were put before this call safe. Calls at the same time share one sync. */
  commit(): Promise<void> {
    if (!this.#syncing) {
      this.#syncing = this.#sync().finally(() => {
        this.#syncing = undefined;
      });
      return this.#syncing;
    }
    // The one under way may have begun before this caller's file was renamed.
    this.#next ??= this.#syncing
      .catch(() => undefined)
      .then(() => {
        this.#next = undefined;
        return this.commit();
      });
    return this.#next;
  }

  /** Removes files; ones that are not there are fine. */
  async remove(names: readonly string[]): Promise<void> {
    for (const name of names) {
      const target = join(this.path, name);
      await onDisk(rm(target, { force: true }), target);
    }
  }

  async #sync(): Promise<void> {
    // Windows cannot open folders; its renames are in the journal of the file system.
    if (process.platform === "win32") return;
    const folder = await onDisk(open(this.path, "r"), this.path);
    try {
      await onDisk(folder.sync(), this.path);
    } finally {
      await folder.close();
    }
  }
}

async function writePart(
  path: string,
  content: Uint8Array | AsyncIterable<Uint8Array>,
): Promise<void> {
  const file = await onDisk(open(path, "wx", FILE_MODE), path);
  try {
    if (content instanceof Uint8Array) await onDisk(file.writeFile(content), path);
    else for await (const part of content) await onDisk(file.writeFile(part), path);
    await onDisk(file.datasync(), path);
  } finally {
    await file.close();
  }
}

function onDisk<T>(work: Promise<T>, path: string): Promise<T> {
  return work.catch((error: unknown) => {
    throw fileError(error, "write the file", path);
  });
}
