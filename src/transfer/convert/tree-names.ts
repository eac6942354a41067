/** What the modules of a tree define: the answer to "is there such a helper, and what does it take?". */
import { join } from "node:path";
import { listDirectory, readTextIfExists } from "../../host/files.ts";
import { parseModule } from "../../python/parse-module.ts";
import type { Parameter, PythonModule } from "../../python/syntax.ts";

/** Folders whose modules offer names to integrations. */
const OFFERING = ["zerver/models", "zerver/lib", "zerver/lib/webhooks", "zerver/actions", "zerver"];

/** Looks up names in a tree's own modules. Modules are read once, when first asked for. */
export class TreeNames {
  readonly #root: string;
  readonly #modules = new Map<string, Promise<PythonModule | undefined>>();

  /** @param root The tree's absolute root. */
  constructor(root: string) {
    this.#root = root;
  }

  /** Whether a module is one of the tree's own files. */
  async has(module: string): Promise<boolean> {
    return (await this.#module(module)) !== undefined;
  }

  /** Whether a module defines a name, or imports it from elsewhere. */
  async offers(module: string, name: string): Promise<boolean> {
    const found = await this.#module(module);
    if (found && (definesIn(found, name) || found.imports.some(({ alias }) => alias === name))) {
      return true;
    }
    return this.has(`${module}.${name}`);
  }

  /**
   * The module that defines a name which has moved.
   * @param from The module that had it elsewhere.
   * @returns Undefined when none does, or several do.
   */
  async moduleOf(name: string, from: string): Promise<string | undefined> {
    const near = from.split(".").slice(0, 2).join("/");
    const folders = [near, ...OFFERING.filter((folder) => folder !== near)];
    for (const folder of folders) {
      const found: string[] = [];
      for (const module of await this.#modulesIn(folder)) {
        const parsed = await this.#mentioning(module, name);
        if (parsed && definesIn(parsed, name)) found.push(module);
      }
      if (found.length === 1) return found[0];
      if (found.length > 1) return undefined;
    }
    return undefined;
  }

  /** The parameters of a function; undefined when there is no such function. */
  async parametersOf(module: string, name: string): Promise<readonly Parameter[] | undefined> {
    const found = await this.#module(module);
    return found?.functions.find((one) => one.name === name)?.parameters;
  }

  /** The methods of a module's classes, by name; without `self`. */
  async methodsOf(module: string): Promise<ReadonlyMap<string, readonly Parameter[]>> {
    const found = await this.#module(module);
    const methods = (found?.classes ?? []).flatMap((one) => one.methods);
    return new Map(methods.map(({ name, parameters }) => [name, parameters.slice(1)]));
  }

  async #modulesIn(folder: string): Promise<string[]> {
    const entries = await listDirectory(join(this.#root, folder));
    const names = entries.flatMap(({ name }) => /^(\w+)\.pyi?$/.exec(name)?.[1] ?? []);
    const dotted = folder.replaceAll("/", ".");
    // The folder's own module may be a file beside it.
    return [
      dotted,
      ...names.filter((name) => name !== "__init__").map((name) => `${dotted}.${name}`),
    ];
  }

  /** Parses a module only when its text has the word. */
  async #mentioning(module: string, word: string): Promise<PythonModule | undefined> {
    const text = await this.#read(module);
    return text?.includes(word) ? this.#module(module) : undefined;
  }

  #module(module: string): Promise<PythonModule | undefined> {
    let found = this.#modules.get(module);
    if (!found) {
      found = this.#read(module).then((text) =>
        text === undefined ? undefined : parseModule(text),
      );
      this.#modules.set(module, found);
    }
    return found;
  }

  async #read(module: string): Promise<string | undefined> {
    if (!/^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$/.test(module)) return undefined;
    const path = join(this.#root, ...module.split("."));
    for (const file of [
      `${path}.py`,
      join(path, "__init__.py"),
      `${path}.pyi`,
      join(path, "__init__.pyi"),
    ]) {
      const text = await readTextIfExists(file);
      if (text !== undefined) return text;
    }
    return undefined;
  }
}

function definesIn(module: PythonModule, name: string): boolean {
  return (
    module.functions.some((one) => one.name === name) ||
    module.classes.some((one) => one.name === name) ||
    module.assignments.some((one) => one.target === name) ||
    // What stands in an `if` or `try` of the module.
    new RegExp(`^(?: {4}|\\t)(?:class ${name}\\b|def ${name}\\((?!self|cls)|${name} = )`, "m").test(
      module.text,
    )
  );
}
