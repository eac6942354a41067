/** What a module imports anywhere, within its functions as well. */

import { parseModule } from "../python/parse-module.ts";
import { findNodes } from "../python/source.ts";
import type { PythonModule } from "../python/syntax.ts";

/** One name that is imported. */
export interface FoundImport {
  readonly module: string;
  /** Undefined for `import x`. */
  readonly name: string | undefined;
  readonly alias: string;
  /** Offset of the statement. */
  readonly offset: number;
}

const known = new WeakMap<PythonModule, readonly FoundImport[]>();

/** Every import of a module, relative ones left out. */
export function importsBelow(module: PythonModule): readonly FoundImport[] {
  return allImports(module).filter(({ module: from }) => !from.startsWith("."));
}

/**
 * Every import of a module, relative ones by the names of what they lead to.
 * @param path The module's file, relative to the tree's root.
 */
export function resolvedImports(module: PythonModule, path: string): readonly FoundImport[] {
  const folders = path.split("/").slice(0, -1);
  return allImports(module).map((found) => {
    const rest = found.module.replace(/^\.+/, "");
    const dots = found.module.length - rest.length;
    if (dots === 0) return found;
    const parents = folders.slice(0, folders.length - dots + 1);
    return { ...found, module: [...parents, ...(rest === "" ? [] : [rest])].join(".") };
  });
}

function allImports(module: PythonModule): readonly FoundImport[] {
  const before = known.get(module);
  if (before) return before;
  const top = module.imports.map(({ from, ...rest }) => ({ ...rest, offset: from }));
  const starts = new Set(top.map(({ offset }) => offset));
  const inner = findNodes(module.root, "ImportStatement")
    .filter(({ from }) => !starts.has(from))
    .flatMap(({ from, to }) =>
      parseModule(module.text.slice(from, to)).imports.map((one) => ({ ...one, offset: from })),
    );
  const found = [...top, ...inner];
  known.set(module, found);
  return found;
}

/**
 * A module, as far as it imports: a registry's entries, which are most of it, take long to parse.
 * @param whole Parses all of it, where the first part cannot be told from the rest.
 */
export function importingPart(
  text: string,
  whole: () => PythonModule | undefined,
): PythonModule | undefined {
  const last = text.lastIndexOf("import");
  const rest = last < 0 ? -1 : text.slice(last).search(/\n(?=[^\s)\]}#])/);
  if (rest < 0) return whole();
  const part = parseModule(text.slice(0, last + rest + 1));
  return part.problems.length === 0 ? part : whole();
}
