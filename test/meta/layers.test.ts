/** The rules on imports of docs/architecture.md. */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { describe, expect, it } from "vitest";
import { packageRoot } from "../../src/host/assets.ts";

/** Folders by layer, lowest first. A folder imports from lower layers only, never from another of its own. */
const LAYERS: readonly (readonly string[])[] = [
  ["errors.ts", "cut.ts", "host"],
  ["python", "markdown"],
  ["checkout"],
  ["engine", "browser", "image", "payload"],
  [
    "scaffold",
    "lint",
    "preview",
    "record",
    "doctor",
    "transfer",
    "fuzz",
    "review",
    "server",
    "remote",
  ],
  ["commands"],
  ["context.ts"],
  ["command-line.ts"],
  ["api.ts", "cli.ts", "complete.ts"],
];

/** What every folder may import. */
const FOR_ALL = ["errors.ts", "cut.ts"];
/** `ui/` stands beside the layers: it knows the errors only, and only the top two layers know it. */
/** Loads packages that a pure folder needs only now and then. */
const PACKAGES = "host/packages.ts";
const UI = "ui";
const PURE_BUILT_INS = ["node:path", "node:url", "node:crypto", "node:util", "node:buffer"];
/** The confined Python child is a process of its own and carries no part of `host/`. */
const OWN_PROCESS = "engine/child/";

interface Import {
  /** Path below `src/` of the file that imports. */
  from: string;
  /** Path below `src/` with its ending, or the name of a package or built-in. */
  to: string;
}

const roomOf = (path: string): string => path.split("/")[0] ?? path;
const layerOf = (folder: string): number => LAYERS.findIndex((folders) => folders.includes(folder));

/** The sentence that says why an import is not allowed, or undefined. */
function verdict({ from, to }: Import): string | undefined {
  const [here, there] = [roomOf(from), roomOf(to)];
  if (to.startsWith("node:")) {
    const allowed = here === "host" || from.startsWith(OWN_PROCESS) || PURE_BUILT_INS.includes(to);
    return allowed ? undefined : `${from}: only host/ touches the machine, not ${to}`;
  }
  if (to === "execa") return here === "host" ? undefined : `${from}: only host/ starts programs`;
  if (!to.endsWith(".ts")) return undefined;
  if (here === there || FOR_ALL.includes(there)) return undefined;
  if (here === UI) return `${from}: ui/ imports ${FOR_ALL.join(" and ")} only, not ${to}`;
  if (there === UI) return layerOf(here) >= 5 ? undefined : `${from}: only commands talk to ui/`;
  if (layerOf(there) < 0 || layerOf(here) < 0) return `${from}: a folder without a layer (${to})`;
  if (LAYERS[1]?.includes(here) && to !== PACKAGES)
    return `${from}: python/ and markdown/ are pure, not ${to}`;
  return layerOf(there) < layerOf(here) ? undefined : `${from}: ${there} is not below ${here}`;
}

function sourceFiles(folder = "", ending = "ts"): string[] {
  return readdirSync(join(packageRoot, "src", folder), { withFileTypes: true }).flatMap((entry) => {
    const path = posix.join(folder, entry.name);
    if (entry.isDirectory()) return sourceFiles(path, ending);
    return entry.name.endsWith(`.${ending}`) ? [path] : [];
  });
}

function importsOf(file: string): Import[] {
  const text = readFileSync(join(packageRoot, "src", file), "utf8");
  const found = text.matchAll(/(?:\bfrom\s*|\bimport\s*\(?\s*)"([^"]+)"/g);
  return [...found].map(([, name = ""]) => ({
    from: file,
    to: name.startsWith(".") ? posix.join(dirname(file), name) : name,
  }));
}

/** What is loaded with a file, itself and packages included: neither types nor what it imports when it needs it. */
function loadedWith(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  if (!file.endsWith(".ts")) return seen;
  const text = readFileSync(join(packageRoot, "src", file), "utf8");
  for (const [, what = "", name = ""] of text.matchAll(
    /^(?:import|export)\b([^;"]*)"([^"]+)";$/gm,
  )) {
    if (/^ type\b/.test(what)) continue;
    loadedWith(name.startsWith(".") ? posix.join(dirname(file), name) : name, seen);
  }
  return seen;
}

describe("layers", () => {
  const imports = sourceFiles().flatMap(importsOf);

  it("sees the imports of the sources", () => {
    expect(imports).toContainEqual({ from: "context.ts", to: "ui/output.ts" });
    expect(imports).toContainEqual({ from: "context.ts", to: "host/recover.ts" });
    expect(imports.length).toBeGreaterThan(50);
  });

  it("holds no file that is too long to be read in one sitting", () => {
    const long = ["ts", "py"]
      .flatMap((ending) => sourceFiles("", ending))
      .filter((file) => {
        return readFileSync(join(packageRoot, "src", file), "utf8").split("\n").length > 301;
      });
    expect(long).toEqual([]);
  });

  it("opens a tree without loading what draws messages", () => {
    expect([...loadedWith("checkout/index.ts")]).toContain("@lezer/python");
    const drawing = "markdown/serialise.ts";
    expect([...loadedWith("markdown/index.ts")]).toContain(drawing);
    expect([...loadedWith("checkout/index.ts")]).not.toContain(drawing);
  });

  it("imports point downward only", () => {
    expect(imports.map(verdict).filter((sentence) => sentence !== undefined)).toEqual([]);
  });

  it.each([
    ["upward", "checkout/open.ts", "engine/index.ts"],
    ["to a neighbour", "lint/run.ts", "scaffold/new.ts"],
    ["out of a pure folder", "markdown/index.ts", "host/files.ts"],
    ["to ui/ from a feature", "lint/run.ts", "ui/output.ts"],
    ["out of ui/", "ui/output.ts", "host/files.ts"],
    ["to the machine", "lint/run.ts", "node:fs"],
    ["to a program", "checkout/git.ts", "execa"],
    ["to an unknown folder", "lint/run.ts", "utils/text.ts"],
  ])("refuses an import %s", (_case, from, to) => {
    expect(verdict({ from, to })).toBeTypeOf("string");
  });

  it.each([
    ["commands/new.ts", "scaffold/new.ts"],
    ["preview/page.ts", "engine/index.ts"],
    ["checkout/open.ts", "python/index.ts"],
    ["engine/child/main.ts", "node:fs"],
    ["lint/run.ts", "errors.ts"],
  ])("allows %s to import %s", (from, to) => {
    expect(verdict({ from, to })).toBeUndefined();
  });
});
