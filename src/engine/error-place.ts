/** Where in the tree a reader should look for the cause of a failed test. */
import { isTreePath } from "./places.ts";
import type { TestError } from "./types.ts";

export interface Place {
  path: string;
  line: number;
}

/** The line of the view that raised; where the test compared, the test's own line. */
export function placeOf({ expected, traceback, path, line }: TestError): Place | undefined {
  const own = path === undefined ? undefined : { path, line: line ?? 1 };
  if (expected !== undefined) return own;
  const frames = [...traceback.matchAll(/^ {2}File "(zerver\/webhooks\/[^"\n]+)", line (\d+)/gm)];
  const [, file, at] = frames.at(-1) ?? [];
  // The traceback is a stranger's text, and this becomes a link or a note in a review.
  if (file === undefined || file === path || !isTreePath(file)) return own;
  return { path: file, line: Number(at) };
}
