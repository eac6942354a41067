/** What every Python file of an integration needs in another tree: its typing, its imports, what it calls. */
import type { Checkout } from "../../checkout/model.ts";
import { editImports, type WantedImport } from "../../python/import-edit.ts";
import { callsIn } from "../../python/module.ts";
import { findNodes } from "../../python/source.ts";
import type { ImportedName, Parameter } from "../../python/syntax.ts";
import type { TravellingSource } from "./source.ts";
import type { TreeNames } from "./tree-names.ts";
import { ABSTRACT, OLD_NAMES, runtimeUnions, typingEdits } from "./typing.ts";
import { otherHelpers, otherNames } from "./vocabulary.ts";

/** The tree that a file goes to. */
export interface Destination {
  readonly checkout: Checkout;
  readonly names: TreeNames;
  /** Where its own integrations take the names of `typing` from, by name. */
  readonly typingModules: ReadonlyMap<string, string>;
  /** The modules its integrations import from. */
  readonly packages: ReadonlySet<string>;
  /** The oldest Python 3 it is written for, as the number after the point; undefined when its settings name none. */
  readonly minimumPython: number | undefined;
  /** The folder of the integration that travels: imports from it are its own. */
  readonly ownModule: string;
}

/** Since Python 3.10 there are unions as expressions, and `match`. */
const TEN = 10;

/**
 * Converts what a file says about types and what it calls by imported names, and then its imports.
 * @param source The file; other edits are already applied.
 */
export async function convertPython(source: TravellingSource, to: Destination): Promise<void> {
  source.edit(...typingEdits(source.text, source.module.root, to.checkout.dialect.view.typing));
  source.apply();
  noteNewPython(source, to);
  const wanted = await wantedImports(source, to);
  renameUses(source, wanted);
  await convertCalls(source, wanted, to);
  const lineLength = to.checkout.dialect.registry.lineLength;
  const change = (imported: ImportedName): WantedImport => wanted.get(keyOf(imported)) ?? imported;
  source.apply();
  const { used, missing } = typingNames(source, to);
  source.edit(
    ...editImports(
      source.module,
      (imported) => (isDropped(imported, used) ? undefined : retyped(change(imported), to)),
      missing,
      lineLength,
    ),
  );
  source.apply();
}

const keyOf = ({ module, name, alias }: WantedImport): string => `${module}:${name ?? ""}:${alias}`;

function noteNewPython(source: TravellingSource, { minimumPython }: Destination): void {
  if (minimumPython === undefined || minimumPython >= TEN) return;
  for (const node of findNodes(source.module.root, "MatchStatement")) {
    source.note(node.from, "`match` needs Python 3.10, and this tree is written for older ones");
  }
  for (const node of runtimeUnions(source.text, source.module.root)) {
    source.note(
      node.from,
      `the union \`${source.slice(node)}\` needs Python 3.10, and this tree is written for older ones`,
    );
  }
}

/** For each import of the tree's own modules what it is in the target; imports that stay are left out. */
async function wantedImports(
  source: TravellingSource,
  to: Destination,
): Promise<Map<string, WantedImport>> {
  const wanted = new Map<string, WantedImport>();
  for (const imported of source.module.imports) {
    const found = await destinationOf(imported, to);
    if (found === undefined) {
      const what = imported.name === undefined ? imported.module : imported.name;
      source.note(imported.from, `${imported.module} of this tree has no ${what}`);
    } else if (found !== imported) wanted.set(keyOf(imported), found);
  }
  return wanted;
}

/** Where an imported name is in the target; undefined when nowhere. */
async function destinationOf(
  imported: ImportedName,
  { names, packages, ownModule }: Destination,
): Promise<WantedImport | undefined> {
  const { module, name, alias } = imported;
  if (packages.has(module) && !module.startsWith("zerver.")) return imported;
  const own = module === ownModule || module.startsWith(`${ownModule}.`);
  const others = name === undefined ? [] : otherHelpers(module, name);
  const isTreeModule = /^(zerver|zproject|version)\b/.test(module);
  if (own || module === "" || module.startsWith(".") || (!isTreeModule && others.length === 0)) {
    return imported;
  }
  if (name === undefined || name === "*") return (await names.has(module)) ? imported : undefined;
  if (isTreeModule && (await names.offers(module, name))) return imported;
  for (const [otherModule, other] of others) {
    if (packages.has(otherModule) || (await names.offers(otherModule, other))) {
      return { module: otherModule, name: other, alias: alias === name ? other : alias };
    }
  }
  if (!isTreeModule) return imported;
  const home = await names.moduleOf(name, module);
  return home === undefined ? undefined : { module: home, name, alias };
}

/** Follows helpers that are called something else. */
function renameUses(source: TravellingSource, wanted: ReadonlyMap<string, WantedImport>): void {
  const renamed = new Map<string, string>();
  for (const imported of source.module.imports) {
    const now = wanted.get(keyOf(imported));
    if (now && now.alias !== imported.alias) renamed.set(imported.alias, now.alias);
  }
  for (const node of source.variables()) {
    const name = renamed.get(source.slice(node));
    if (name !== undefined) source.replace(node, name);
  }
}

/** Checks the names of arguments against what the target's functions take. */
async function convertCalls(
  source: TravellingSource,
  wanted: ReadonlyMap<string, WantedImport>,
  { names }: Destination,
): Promise<void> {
  const functions = new Map<string, readonly Parameter[]>();
  for (const imported of source.module.imports) {
    const { module, name } = wanted.get(keyOf(imported)) ?? imported;
    if (name === undefined || !module.startsWith("zerver.")) continue;
    const parameters = await names.parametersOf(module, name);
    // A decorator may change what a function takes; Connect's keep the names.
    if (parameters) functions.set(imported.alias, parameters);
  }
  renameArguments(source, (callee) => functions.get(callee));
}

/**
 * Renames arguments that are called something else in the target, and notes those that it does not take.
 * @param parametersOf The parameters of what a call names; undefined when it is not known.
 */
export function renameArguments(
  source: TravellingSource,
  parametersOf: (callee: string) => readonly Parameter[] | undefined,
): void {
  for (const call of callsIn(source.text, source.module.root)) {
    const parameters = parametersOf(call.callee);
    if (!parameters || parameters.some(({ kind }) => kind === "double-star")) continue;
    const known = parameters.map(({ name }) => name);
    for (const { name, from } of call.args) {
      if (name === undefined || known.includes(name)) continue;
      const other = otherNames(name).find((candidate) => known.includes(candidate));
      if (other !== undefined) source.replace({ from, to: from + name.length }, other);
      else source.note(from, `${call.callee} of this tree takes no ${name}`);
    }
  }
}

/** The typing names that a file uses, and those of them that it does not import yet. */
function typingNames(
  source: TravellingSource,
  to: Destination,
): { used: ReadonlySet<string>; missing: WantedImport[] } {
  const used = new Set(source.variables().map((node) => source.slice(node)));
  // Quoted types use names, too.
  for (const node of findNodes(source.module.root, "TypeDef", "MemberExpression")) {
    for (const [word] of source.slice(node).matchAll(/[A-Za-z_]\w*/g)) used.add(word);
  }
  const imported = new Set(source.module.imports.map(({ alias }) => alias));
  const missing = [...OLD_NAMES]
    .filter((name) => used.has(name) && !imported.has(name))
    .map((name) => ({ module: to.typingModules.get(name) ?? "typing", name, alias: name }));
  return { used, missing };
}

/** Old names of typing that nothing uses any more. */
function isDropped({ module, name }: ImportedName, used: ReadonlySet<string>): boolean {
  return module === "typing" && name !== undefined && OLD_NAMES.has(name) && !used.has(name);
}

/** Takes names of `typing` and its kin from where the target takes them. */
function retyped(wanted: WantedImport, to: Destination): WantedImport {
  const { module, name } = wanted;
  if (name === undefined || !/^(typing|typing_extensions|collections\.abc)$/.test(module)) {
    return wanted;
  }
  const modern = to.checkout.dialect.view.typing === "modern";
  const customary = to.typingModules.get(name);
  if (customary !== undefined) return { ...wanted, module: customary };
  if (ABSTRACT.has(name)) return { ...wanted, module: modern ? "collections.abc" : "typing" };
  if (module === "typing" && !modern && to.minimumPython !== undefined && isNew(name)) {
    return { ...wanted, module: "typing_extensions" };
  }
  return wanted;
}

/** Names that `typing` has since Python 3.9 or later. */
function isNew(name: string): boolean {
  return /^(Annotated|Concatenate|Never|NotRequired|ParamSpec|Required|Self|TypeAlias|TypeGuard|Unpack|assert_never|override)$/.test(
    name,
  );
}
