/** Where the files are in the child's own file system. */

/** The checkout. */
export const CHECKOUT = "/checkout";
/** The Python harness and its stand-ins. */
export const HARNESS = "/engine";
