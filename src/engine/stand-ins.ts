/** What the embedded Python has in the place of packages that a server has installed: see `py/harness/finder.py`. */
import { join } from "node:path";
import { assetPath } from "../host/assets.ts";
import { listFilesBelow } from "../host/files.ts";
import { readBytesNow } from "../host/read-now.ts";
import { unrecorded } from "../host/reads.ts";

/** Modules that stand for those of packages. They are a part of this program, so that nothing depends on reading them. */
export class StandIns {
  readonly #folder: string;
  readonly #files: ReadonlyMap<string, string>;
  readonly #words = new Map<string, ReadonlySet<string>>();

  private constructor(folder: string, files: readonly string[]) {
    this.#folder = folder;
    this.#files = new Map(
      files.map((file) => [
        file.replace(/(^|[/\\])__init__\.py$|\.py$/, "").replaceAll(/[/\\]/g, "."),
        file,
      ]),
    );
  }

  static open(): Promise<StandIns> {
    const folder = assetPath("engine/py/standins");
    return unrecorded(async () => {
      const files = await listFilesBelow(folder);
      return new StandIns(
        folder,
        files.filter((file) => file.endsWith(".py")),
      );
    });
  }

  /** Dotted names. */
  get modules(): readonly string[] {
    return [...this.#files.keys()];
  }

  /** All words of a module's source; undefined where no module of that name stands for anything. */
  words(module: string): ReadonlySet<string> | undefined {
    const file = this.#files.get(module);
    if (file === undefined) return undefined;
    const known = this.#words.get(module);
    if (known) return known;
    const text = unrecorded(() => readBytesNow(join(this.#folder, file))?.toString("utf8")) ?? "";
    const words = new Set(text.match(/\b[A-Za-z_]\w*\b/g));
    this.#words.set(module, words);
    return words;
  }
}
