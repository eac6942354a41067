/** Requests that no fixture can be made of: each is told by itself, and stays in the spool. */
import { UserError } from "../../errors.ts";
import type { SpooledRequest } from "./spooled.ts";

export interface Unusable {
  readonly request: SpooledRequest;
  /** The fixture's file, where it had a name already. */
  readonly file?: string;
  /** A sentence. */
  readonly reason: string;
}

/**
 * Why a body could not be worked on.
 * @throws what was thrown, when that is not the body's fault.
 */
export function reasonOf(error: unknown): string {
  if (error instanceof UserError) return error.message;
  // No stack, string or list is large enough for what some send.
  if (error instanceof RangeError) return "It is too large, or nested too deep, to be read.";
  throw error;
}
