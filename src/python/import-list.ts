/** Import blocks, sorted as isort and ruff sort them. */

/** Collects imports; adding one twice is fine. */
export class ImportList {
  readonly #modules = new Map<string, Set<string>>();

  add(module: string, ...names: string[]): this {
    const known = this.#modules.get(module) ?? new Set();
    for (const name of names) known.add(name);
    this.#modules.set(module, known);
    return this;
  }

  /** The block: the standard library, other packages, then Connect's own modules. */
  write(): string {
    const sections: string[][] = [[], [], []];
    for (const module of [...this.#modules.keys()].sort()) {
      const names = [...(this.#modules.get(module) ?? [])].sort(byType).join(", ");
      sections[sectionOf(module)]?.push(`from ${module} import ${names}`);
    }
    return sections
      .filter((lines) => lines.length > 0)
      .map((lines) => lines.join("\n"))
      .join("\n\n");
  }
}

/** Modules of the standard library that integrations use. */
const STANDARD = new Set(
  (
    "__future__ abc ast base64 binascii calendar collections contextlib copy csv dataclasses datetime decimal email " +
    "enum functools hashlib hmac html http importlib inspect io itertools json logging math numbers operator os " +
    "pathlib pprint random re secrets shlex socket string sys tempfile textwrap time traceback types typing unicodedata " +
    "unittest urllib uuid warnings xml zlib zoneinfo"
  ).split(" "),
);

/** The section of an import block that a module belongs to: the standard library, other packages, Connect's own. */
export function sectionOf(module: string): 0 | 1 | 2 {
  const root = module.split(".")[0] ?? "";
  if (/^(zerver|zproject|analytics|corporate)$/.test(root)) return 2;
  return STANDARD.has(root) ? 0 : 1;
}

/** The order of names in an import: constants, then classes, then functions. */
export function byType(a: string, b: string): number {
  const rank = (name: string): number =>
    /^[A-Z0-9_]+$/.test(name) ? 0 : /^[A-Z]/.test(name) ? 1 : 2;
  return rank(a) - rank(b) || (a < b ? -1 : 1);
}
