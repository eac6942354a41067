/** Ways to name the places of an integration that a seeded defect changes. */
import { type BrokenTree, DoesNotApply } from "../broken-tree.ts";

export type Apply = (tree: BrokenTree) => void;
export type Text = (text: string) => string;
/** The ways to break what a rule checks; `a|b` where either of two rules may say so. */
export type Seeds = Readonly<Record<string, Readonly<Record<string, Apply>>>>;

export const inView =
  (by: Text): Apply =>
  (tree) =>
    tree.change(tree.view, by);
export const inTests =
  (by: Text): Apply =>
  (tree) =>
    tree.change(tree.tests, by);
export const inDoc =
  (by: Text): Apply =>
  (tree) =>
    tree.change(tree.doc, by);
export const inFixture =
  (by: Text): Apply =>
  (tree) =>
    tree.change(tree.fixture.path, by);
export const inEntry =
  (by: Text): Apply =>
  (tree) =>
    tree.changeEntry(by);
export const writes =
  (name: string, content: string | Uint8Array): Apply =>
  (tree) =>
    tree.write(`${tree.folder}/${name}`, content);
export const withKey = (key: string, value: string): Apply =>
  inFixture((text) => text.replace(/^\s*\{/, `{\n  "${key}": "${value}",`));

/** Lines added to the end of the view. */
export const atEnd = (lines: string): Apply =>
  inView((text) => `${text.trimEnd()}\n\n\n${lines}\n`);

/** A test added to the end of the last class. */
export const withTest = (...lines: string[]): Apply =>
  inTests((text) => `${text.trimEnd()}\n\n${lines.map((line) => `    ${line}`).join("\n")}\n`);

/** An import put in front of the first one of the tree's own. */
export const imports =
  (line: string): Text =>
  (text) =>
    text.replace(/^from zerver\./m, `${line}\nfrom zerver.`);

/** Adds a keyword argument to a call that is all of the text. */
export const withArgument =
  (argument: string): Text =>
  (call) =>
    call.replace(/,?\s*\)\s*$/, `, ${argument})`);

/** Another integration of the tree with a page and a drawn logo of its own. */
export function another(tree: BrokenTree): BrokenTree["integration"] {
  const other = tree.checkout.integrations.find(
    ({ name, logo, displayName, docFile }) =>
      name !== tree.integration.name &&
      displayName.length > 4 &&
      logo?.endsWith(".svg") &&
      tree.exists(docFile),
  );
  if (!other) throw new DoesNotApply();
  return other;
}
