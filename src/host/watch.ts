/** Being told of edits below a folder. */
import { join } from "node:path";
import { watch } from "chokidar";
import { exists } from "./files.ts";

export interface WatchOptions {
  /** Folders and files below the root to watch; those that are not there are left out. */
  below: readonly string[];
  /**
   * Edits that come within this time of each other are told at once: an editor saves in several steps. More than 50:
   * chokidar says nothing of a second change of a file within that time.
   */
  settleMs: number;
  /** Told paths relative to the root, with forward slashes: files that were written, made or removed. */
  onChange: (paths: string[]) => void;
  onError: (error: Error) => void;
}

/**
 * Watches until it is closed.
 * @param root An absolute folder.
 * @returns Ends the watching; from here on no edit is missed.
 */
export async function watchFiles(
  root: string,
  { below, settleMs, onChange, onError }: WatchOptions,
): Promise<() => Promise<void>> {
  const pending = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  const tell = (): void => {
    const paths = [...pending];
    pending.clear();
    onChange(paths);
  };
  const watcher = watch(
    below.filter((path) => exists(join(root, path))),
    // A link may lead anywhere, such as to a whole disk; what it leads to inside the tree is watched there.
    {
      cwd: root,
      followSymlinks: false,
      ignoreInitial: true,
      ignored: (path) => path.includes("__pycache__"),
    },
  );
  // Until then, chokidar tells of every link that it finds as of a new file, `ignoreInitial` or not.
  let isReady = false;
  watcher.on("all", (event, path) => {
    if (!isReady || event === "addDir" || event === "unlinkDir") return;
    pending.add(path.replaceAll("\\", "/"));
    clearTimeout(timer);
    timer = setTimeout(tell, settleMs);
  });
  watcher.on("error", (error) => onError(error as Error));
  await new Promise<void>((resolve) => watcher.once("ready", resolve));
  isReady = true;
  return async () => {
    clearTimeout(timer);
    await watcher.close();
  };
}
