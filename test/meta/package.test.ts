/** What gets into the npm package: everything the program needs, nothing else, and not too much of it. */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { publint } from "publint";
import { describe, expect, it } from "vitest";
import { packageRoot } from "../../src/host/assets.ts";

const ENTRIES = ["dist/api.js", "dist/cli.js", "dist/complete.js", "dist/engine/child.mjs"];

/** Bytes of the bundled code; a dependency that slips into the bundle breaks it. */
const CODE_BUDGET = 2_500_000;
/** Bytes of everything else in the package, but for what follows. */
const ASSET_BUDGET = 2_500_000;
/** Python's standard library with its bytecode, which more than halves a start without a snapshot. */
const STANDARD_LIBRARY = "dist/engine/python_stdlib.zip";
const STANDARD_LIBRARY_BUDGET = 7_500_000;

interface Packed {
  files: { path: string; size: number }[];
}

/** What npm would pack of the build that is there. */
function packed(): Packed["files"] {
  const args = ["pack", "--dry-run", "--json", "--ignore-scripts"];
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  const text = execFileSync(npm, args, {
    cwd: packageRoot,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
    shell: process.platform === "win32",
  });
  return (JSON.parse(text) as Packed[])[0]?.files ?? [];
}

/** The files of the build that the entries reach; a working copy keeps chunks of older builds beside them. */
function reachable(): Set<string> {
  const found = new Set<string>();
  const visit = (path: string): void => {
    if (found.has(path)) return;
    found.add(path);
    const text = readFileSync(join(packageRoot, path), "utf8");
    for (const [, target = ""] of text.matchAll(/(?:from|import)\s*\(?\s*"(\.[^"]+\.js)"/g)) {
      visit(normalize(join(dirname(path), target)).replaceAll("\\", "/"));
    }
  };
  for (const entry of ENTRIES) visit(entry);
  return found;
}

describe("the npm package", () => {
  const files = packed();
  const paths = files.map(({ path }) => path);
  const code = reachable();

  it("has everything that the program and its users need", () => {
    for (const path of [
      "package.json",
      "README.md",
      "LICENSE",
      // Without it a global install would have puppeteer download a browser.
      ".puppeteerrc.cjs",
      "bin/connect-webhook.js",
      "dist/api.d.ts",
      "docs/capture.md",
      "docs/commands/new.md",
      "dist/engine/py/harness/__main__.py",
      "templates/integration/view.py",
      "templates/workspace/gitignore",
      "templates/workspace/zerver/lib/integrations.py",
      ...code,
    ]) {
      expect(paths).toContain(path);
    }
    expect(code.size).toBeGreaterThan(10);
  });

  it("has what its pages link to", () => {
    const there = new Set(paths.flatMap((path) => [path, dirname(path)]));
    const dead = paths
      .filter((path) => path.endsWith(".md") && /^(README|docs\/)/.test(path))
      .flatMap((page) => {
        const text = readFileSync(join(packageRoot, page), "utf8").replace(
          /```[\s\S]*?```|`[^`\n]*`/g,
          "",
        );
        const links = [...text.matchAll(/\]\(([\w./-]+)(?:#[^)]*)?\)/g)].map(
          ([, link = ""]) => link,
        );
        return links.filter((link) => !there.has(join(dirname(page), link).replace(/\/$/, "")));
      });
    // What only somebody who works on the program needs.
    expect(dead).toEqual(["../fixtures/lint/README.md"]);
  });

  it("has nothing else", () => {
    const strays = paths.filter(
      (path) =>
        !/^(package\.json|README\.md|LICENSE|\.puppeteerrc\.cjs|(bin|dist|docs|templates)\/.*)$/.test(
          path,
        ) || /__pycache__|\.pyc$|\.map$|\.test\.|(^|\/)\.env/.test(path),
    );
    expect(strays).toEqual([]);
  });

  it("stays within its size", () => {
    const sum = (sizes: number[]): number => sizes.reduce((total, size) => total + size, 0);
    const size = (path: string): number => statSync(join(packageRoot, path)).size;
    expect(sum([...code].map(size))).toBeLessThan(CODE_BUDGET);
    expect(size(STANDARD_LIBRARY)).toBeLessThan(STANDARD_LIBRARY_BUDGET);
    const assets = files.filter(
      ({ path }) => !/^dist\/[^/]+\.js$/.test(path) && path !== STANDARD_LIBRARY,
    );
    expect(sum(assets.map((file) => file.size))).toBeLessThan(ASSET_BUDGET);
  });

  it("is one that other programs can import, as publint sees it", async () => {
    const { messages } = await publint({ pkgDir: packageRoot, level: "warning", pack: false });
    expect(messages).toEqual([]);
  });

  it("points at files that are there", () => {
    const { bin, exports, types } = JSON.parse(
      readFileSync(join(packageRoot, "package.json"), "utf8"),
    );
    const targets = [bin["connect-webhook"], types, exports["."].types, exports["."].default];
    for (const path of targets) expect(existsSync(join(packageRoot, path))).toBe(true);
  });
});
