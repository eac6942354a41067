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

function sectionOf(module: string): number {
  if (/^(zerver|zproject|analytics|corporate)\b/.test(module)) return 2;
  return /^(collections|typing)\b(?!_)/.test(module) ? 0 : 1;
}

/** Constants, then classes, then functions. */
function byType(a: string, b: string): number {
  const rank = (name: string): number =>
    /^[A-Z0-9_]+$/.test(name) ? 0 : /^[A-Z]/.test(name) ? 1 : 2;
  return rank(a) - rank(b) || (a < b ? -1 : 1);
}
