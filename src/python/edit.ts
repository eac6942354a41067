/** Minimal edits of a Python source: everything outside them stays byte for byte. */
import { BugError } from "../errors.ts";
import { syntaxProblems } from "./source.ts";

/** Replaces a range of a text. */
export interface Edit {
  from: number;
  to: number;
  insert: string;
}

/**
 * Applies edits to a valid Python source and parses the outcome to make sure that it still is one.
 * @param text A source without syntax errors.
 * @param edits In any order; they may not overlap.
 * @throws BugError when edits overlap or break the source.
 */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  let after = "";
  let done = 0;
  for (const edit of [...edits].sort((a, b) => a.from - b.from || a.to - b.to)) {
    if (edit.from < done) throw new BugError("Two edits of one Python file overlap.");
    after += text.slice(done, edit.from) + edit.insert;
    done = edit.to;
  }
  after += text.slice(done);
  const [problem] = syntaxProblems(after);
  if (problem) {
    throw new BugError(`An edit broke the Python file: line ${problem.line}: ${problem.message}.`);
  }
  return after;
}
