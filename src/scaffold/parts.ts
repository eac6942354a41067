/** Text with fields of a payload in it: what becomes an f-string in the view, and the expected text in its test. */
import type { JsonPath, Leaf } from "../payload/index.ts";

/** A field that a function of the view reads into a variable. */
export interface FieldUse {
  readonly variable: string;
  readonly path: JsonPath;
  readonly kind: Leaf["kind"];
  /** True when `_` is shown as a space. */
  readonly asWords?: boolean;
}

/** Text, with fields in it. */
export type Parts = readonly (string | FieldUse)[];
