/** The share of seeded defects that lint names by the right rule, over all integrations of a tree. */
import { createHash } from "node:crypto";
import { openCheckout } from "../../src/checkout/index.ts";
import { UserError } from "../../src/errors.ts";
import { lint, type Problem } from "../../src/lint/index.ts";
import { BrokenTree, DoesNotApply } from "./broken-tree.ts";
import type { Defect } from "./defects.ts";

/** A defect that was planted. */
export interface Planted {
  readonly defect: Defect;
  readonly integration: string;
  /** Whether the right rule said so. */
  readonly named: boolean;
  /** The severity of what it said. */
  readonly severity: string;
  /** The rules that found something else than before. */
  readonly said: readonly string[];
}

/** More integrations than these are not tried for one defect. */
const MAX_TRIED = 45;

/**
 * Plants each defect into some integrations that are clean by its rule, one at a time, and looks at what lint says that it did not say before.
 * The branch is taken to have added the integration.
 * @param root A copy of a tree; it is put back again.
 * @param each How many integrations each defect is planted into.
 */
export async function* plant(
  root: string,
  each: number,
  defects: readonly Defect[],
): AsyncGenerator<Planted | Defect> {
  const checkout = await openCheckout(root);
  const trees = new Map<string, { tree: BrokenTree; before: readonly Problem[] }>();
  const open = async (name: string) => {
    const tree = await BrokenTree.open(root, name);
    const known = { tree, before: await look(tree) };
    trees.set(name, known);
    return known;
  };
  for (const defect of defects) {
    const order = checkout.integrations
      .map(({ name }) => ({ name, place: hash(defect.rule + defect.what + name) }))
      .sort((a, b) => a.place.localeCompare(b.place))
      .slice(0, MAX_TRIED);
    let planted = 0;
    for (const { name } of order) {
      if (planted === each) break;
      const known = trees.get(name) ?? (await open(name));
      const rules = defect.rule.split("|");
      if (known.before.some(({ rule }) => rules.includes(rule))) continue;
      const result = await plantOne(known.tree, defect, known.before);
      if (!result) continue;
      planted += 1;
      yield result;
    }
    if (planted === 0) yield defect;
  }
}

async function plantOne(
  tree: BrokenTree,
  defect: Defect,
  before: readonly Problem[],
): Promise<Planted | undefined> {
  try {
    defect.apply(tree);
    const found = newOnes(await look(tree), before);
    const right = found.filter(({ rule }) => defect.rule.split("|").includes(rule));
    const severity = right.map((one) => one.severity).sort()[0] ?? "";
    const said = [...new Set(found.map(({ rule }) => rule))];
    const integration = tree.integration.name;
    return { defect, integration, named: right.length > 0, severity, said };
  } catch (error) {
    if (error instanceof DoesNotApply) return undefined;
    if (!(error instanceof UserError)) throw error;
    // A registry that cannot be read is refused before any rule looks.
    const said = [`refused: ${error.message}`];
    return { defect, integration: tree.integration.name, named: false, severity: "", said };
  } finally {
    tree.restore();
  }
}

/** Findings that were not there before, wherever they stand now. */
function newOnes(after: readonly Problem[], before: readonly Problem[]): Problem[] {
  const key = ({ rule, path, message }: Problem): string => `${rule}\n${path}\n${message}`;
  const left = new Map<string, number>();
  for (const one of before) left.set(key(one), (left.get(key(one)) ?? 0) + 1);
  return after.filter((one) => {
    const known = left.get(key(one)) ?? 0;
    left.set(key(one), known - 1);
    return known <= 0;
  });
}

async function look(tree: BrokenTree): Promise<readonly Problem[]> {
  const checkout = await openCheckout(tree.checkout.root);
  const { name } = tree.integration;
  const names = [...checkout.integrations.map((one) => one.name), ...checkout.orphans];
  // Without its entry it is a folder like any other.
  if (!names.includes(name)) return (await lint(checkout, { names: checkout.orphans })).problems;
  return (await lint(checkout, { names: [name], branch: { added: filesOf(tree) } })).problems;
}

function filesOf({ files, integration }: BrokenTree): Set<string> {
  return new Set(
    [
      ...files.viewFiles,
      files.testsFile,
      files.docFile,
      files.logo,
      files.avatar,
      ...files.images,
      ...files.fixtures.map(({ path }) => path),
      integration.initFile,
    ].filter((path) => path !== undefined),
  );
}

function hash(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
