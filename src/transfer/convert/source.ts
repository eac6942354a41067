/** A Python source on its way to another tree: edits and notes are gathered, then applied. */
import { applyEdits, type Edit } from "../../python/edit.ts";
import { parseModule } from "../../python/parse-module.ts";
import { findNodes, positionOf, type SyntaxNode } from "../../python/source.ts";
import type { PythonModule } from "../../python/syntax.ts";
import type { Note } from "./notes.ts";

export class TravellingSource {
  readonly path: string;
  readonly notes: Note[];
  #module: PythonModule;
  #edits: Edit[] = [];

  /**
   * @param path Where it goes in the target.
   * @param text The source; without syntax errors.
   * @param notes Where its notes go.
   */
  constructor(path: string, text: string, notes: Note[]) {
    this.path = path;
    this.notes = notes;
    this.#module = parseModule(text);
  }

  get module(): PythonModule {
    return this.#module;
  }

  get text(): string {
    return this.#module.text;
  }

  edit(...edits: readonly Edit[]): void {
    for (const edit of edits) this.#edits.push(edit);
  }

  replace(node: { from: number; to: number }, insert: string): void {
    this.#edits.push({ from: node.from, to: node.to, insert });
  }

  note(offset: number, message: string): void {
    this.notes.push({ path: this.path, line: positionOf(this.text, offset).line, message });
  }

  /** Applies what was gathered, and reads the outcome. */
  apply(): void {
    if (this.#edits.length === 0) return;
    this.#module = parseModule(applyEdits(this.text, this.#edits));
    this.#edits = [];
  }

  /** The text of a node. */
  slice(node: { from: number; to: number }): string {
    return this.text.slice(node.from, node.to);
  }

  /** The uses of variables, names of arguments and of imports left out. */
  variables(): SyntaxNode[] {
    return findNodes(this.#module.root, "VariableName").filter(
      (node) => !isArgumentName(node) && !inImport(node),
    );
  }
}

/** The `x` of `f(x=1)`. */
export function isArgumentName(node: SyntaxNode): boolean {
  return node.parent?.name === "ArgList" && node.nextSibling?.name === "AssignOp";
}

function inImport(node: SyntaxNode): boolean {
  for (let outer = node.parent; outer; outer = outer.parent) {
    if (outer.name === "ImportStatement") return true;
  }
  return false;
}
