/** What making an image came to: the shape that `avatar --json` and `screenshot --json` print. */
import { messageOf, UserError } from "../errors.ts";
import type { FileChange } from "../host/changes.ts";

export interface ImageResult {
  integration: string;
  /** Path relative to the checkout's root. */
  path: string;
  /** Pixels; 0 when there is no image. */
  width: number;
  height: number;
  /** Size of the file; 0 when there is none. */
  bytes: number;
  status: "written" | "unchanged" | "stale" | "missing" | "skipped" | "failed";
  reason?: string;
  /** Where the tree is compared with its base: false when the picture is in no better order there. */
  isNew?: boolean;
}

/** An image that was made, and the change that puts it into the tree. Nothing is written yet. */
export interface MadeImage {
  result: ImageResult;
  /** There when the result is `written`. */
  change?: FileChange;
}

/** A result without an image. */
export function withoutImage(
  integration: string,
  path: string,
  status: "missing" | "skipped" | "failed",
  reason?: unknown,
): MadeImage {
  const result = { integration, path, width: 0, height: 0, bytes: 0, status };
  if (reason === undefined) return { result };
  return { result: { ...result, reason: sentencesOf(reason) } };
}

/** What is wrong, and what to do where that is known. */
function sentencesOf(reason: unknown): string {
  if (typeof reason === "string") return reason;
  const message = messageOf(reason);
  const hint = reason instanceof UserError ? reason.hint : undefined;
  return hint === undefined ? message : `${message.replace(/(?<![.!?])$/, ".")} ${hint}`;
}

/** The change that puts bytes at a path, where others may be. */
export function changeTo(
  path: string,
  content: Uint8Array,
  existing: Uint8Array | undefined,
): FileChange {
  return existing === undefined
    ? { path, kind: "create", content }
    : { path, kind: "update", content, expected: existing };
}
