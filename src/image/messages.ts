/** What the image process and its parent say to each other. */
import type { Operations } from "./child/operations.ts";

/** More than the largest picture has that is read, unpacked. */
export const MOST_BYTES = 400_000_000;

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
