/** Where the files are in the child's own file system. */

/** The checkout. */
export const CHECKOUT = "/checkout";
/** The Python harness and its stand-ins. */
export const HARNESS = "/engine";
/** The registry's code, on its way between the harness and the child: see kept_code.py. */
export const KEPT_CODE = "/engine/kept-code";
