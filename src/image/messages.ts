/** What the image process and its parent say to each other. */
import type { FrameSize } from "../host/frames.ts";
import type { Operations } from "./child/operations.ts";

/** More than the largest picture has that is read, unpacked. */
const MOST_BYTES = 400_000_000;

export interface Request {
  readonly operation: keyof Operations;
  readonly args: readonly unknown[];
}

export type Reply =
  | { readonly kind: "ready" }
  | { readonly kind: "done"; readonly value: unknown }
  /** The picture is at fault: the parts of a UserError. */
  | {
      readonly kind: "refused";
      readonly message: string;
      readonly code: string;
      readonly hint: string;
    }
  /** The library gave up. */
  | { readonly kind: "failed"; readonly message: string };

/** @throws RangeError for a message that is too long. */
export function judgeSize({ head, payload }: FrameSize): void {
  if (head + payload > MOST_BYTES) throw new RangeError(`A message has ${head + payload} bytes.`);
}
