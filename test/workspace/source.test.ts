import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Diagnostic, PositionEncoding, Workspace } from "@astral-sh/ruff-wasm-nodejs";
import { describe, expect, it } from "vitest";
import { templatePath } from "../../src/host/assets.ts";
import { listFilesBelow } from "../../src/host/files.ts";

const root = templatePath("workspace");
const files = (await listFilesBelow(root)).filter((path) => /\.pyi?$/.test(path));
const library = files.filter((path) => !path.startsWith("zerver/webhooks/"));

// What the workspace's own pyproject.toml says.
const settings = {
  "line-length": 100,
  "target-version": "py311",
  lint: {
    select: ["B", "E", "F", "I", "UP", "W"],
    ignore: ["B006", "B904", "E501"],
    isort: { "known-first-party": ["zerver"], "split-on-trailing-comma": false },
  },
};
// Modules, classes, methods and functions without a docstring.
const documented = { lint: { select: ["D100", "D101", "D102", "D103", "D419"] } };

const read = (path: string): string => readFileSync(join(root, path), "utf8");

function problems(options: object, paths: readonly string[]): string[] {
  const ruff = new Workspace(options, PositionEncoding.Utf16);
  return paths.flatMap((path) =>
    (ruff.check(read(path)) as Diagnostic[]).map(
      ({ start_location, message }) => `${path}:${start_location.row}: ${message}`,
    ),
  );
}

describe("the Python of the workspace", () => {
  it("is there", () => {
    expect(library.length).toBeGreaterThan(15);
    expect(files).toContain("zerver/webhooks/harbourline/view.py");
  });

  it("is formatted as ruff formats it", () => {
    const ruff = new Workspace(settings, PositionEncoding.Utf16);
    for (const path of files.filter((name) => name.endsWith(".py"))) {
      expect(ruff.format(read(path)), path).toBe(read(path));
    }
  });

  it("has nothing that ruff complains about", () => {
    expect(problems(settings, files)).toEqual([]);
  });

  it("documents every public name of the library", () => {
    // An empty __init__.py only makes a folder a package.
    const written = library.filter((path) => read(path) !== "");
    expect(problems(documented, written)).toEqual([]);
  });
});
