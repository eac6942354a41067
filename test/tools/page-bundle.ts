/** What the build makes of `dev`'s page besides its scripts: its other files, the list of all, and the licences. */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

const ROOT = join(import.meta.dirname, "../..");
const PAGE = join(ROOT, "src/server/page");

/** The parts of the bundler's plugin interface that are used. */
interface Output {
  type: "chunk" | "asset";
  moduleIds?: string[];
}
interface Emitter {
  emitFile(file: { type: "asset"; fileName: string; source: string }): void;
}

/** A plugin of the bundler. `manifest.json` lists the files that are served, `LICENSES.txt` is what the libraries ask for. */
export const pageFiles = {
  name: "page-files",
  generateBundle(this: Emitter, _options: unknown, bundle: Record<string, Output>): void {
    const emit = (fileName: string, source: string): void =>
      this.emitFile({ type: "asset", fileName, source });
    const others = filesOf().filter((name) => !name.endsWith(".ts"));
    for (const name of others) emit(name, readFileSync(join(PAGE, name), "utf8"));
    const names = [...Object.keys(bundle), ...others].map((name) => name.replaceAll("\\", "/"));
    emit("manifest.json", `${JSON.stringify(names.sort(), null, 2)}\n`);
    emit("LICENSES.txt", licencesOf(Object.values(bundle)));
  },
};

function filesOf(): string[] {
  return readdirSync(PAGE, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(PAGE.length + 1));
}

/** The licences of the packages that are in the bundle. */
function licencesOf(outputs: readonly Output[]): string {
  const modules = outputs.flatMap(({ moduleIds = [] }) => moduleIds);
  const packages = new Set(modules.flatMap((id) => packageOf(id) ?? []));
  return [...packages]
    .sort()
    .map((folder) => {
      const { name, version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
      const file = readdirSync(folder).find((entry) => /^licen[cs]e(\.\w+)?$/i.test(entry));
      if (file === undefined) throw new Error(`${name} has no licence to bundle it under.`);
      const text = readFileSync(join(folder, file), "utf8").trim();
      return `${name} ${version}\n\n${text}\n`;
    })
    .join(`\n${"-".repeat(80)}\n\n`);
}

/** The folder of the package that a module is from; undefined for our own. */
function packageOf(id: string): string | undefined {
  const found = /^(.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/.exec(id);
  return found?.[1] && dirname(found[1]) ? found[1] : undefined;
}
