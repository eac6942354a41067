/** Where the files are in the child's own file system. */

/** The checkout. */
export const CHECKOUT = "/checkout";
/** The Python harness and its stand-ins. */
export const HARNESS = "/engine";
/** The registry's code, on its way between the harness and the child: see registry_code.py. */
export const REGISTRY_CODE = "/engine/registry-code";

const LONGEST_PATH = 500;

/**
 * Whether a text that came from Python can be the path of a Python file in the tree, relative to its root: it leads
 * nowhere else, and holds nothing that a path of a tree does not.
 */
export function isTreePath(path: string): boolean {
  return path.endsWith(".py") && isPlainPath(path);
}

/** The same for the path of a fixture. */
export function isFixturePath(path: string): boolean {
  return /^zerver\/webhooks\/.*\/fixtures\/[^/]+\.(json|xml)$/.test(path) && isPlainPath(path);
}

function isPlainPath(path: string): boolean {
  if (path.length > LONGEST_PATH) return false;
  return path.split("/").every((part) => /^[^.\\:\p{C}\p{Z}][^\\:\p{C}\u2028\u2029]*$/u.test(part));
}
/** The engine's cached files begin with this many bytes by which the parent knows them: see cache.ts. */
export const SEAL_BYTES = 64;
/** The descriptors by which a child is given V8's code and a memory to continue from. */
export const CODE_DESCRIPTOR = 4;
export const MEMORY_DESCRIPTOR = 5;
