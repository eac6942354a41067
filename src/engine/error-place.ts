/** Where in the tree a reader should look for the cause of a failed test. */
import { isTreePath } from "./places.ts";
import type { TestError } from "./types.ts";

export interface Place {
  path: string;
  line: number;
  column?: number;
}

/** The line of the view that raised; where the test compared, the test's own line; that of a fixture that is broken. */
export function placeOf(error: TestError): Place | undefined {
  const { expected, traceback, path, line, column, ofFixture } = error;
  const own =
    path === undefined
      ? undefined
      : { path, line: line ?? 1, ...(column !== undefined && { column }) };
  if (expected !== undefined || ofFixture) return own;
  const frames = [...traceback.matchAll(/^ {2}File "(zerver\/webhooks\/[^"\n]+)", line (\d+)/gm)];
  const [, file, at] = frames.at(-1) ?? [];
  // The traceback is a stranger's text, and this becomes a link or a note in a review.
  if (file === undefined || file === path || !isTreePath(file)) return own;
  return { path: file, line: Number(at) };
}
