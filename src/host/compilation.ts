/** How this process compiles what it runs. */
import { setFlagsFromString } from "node:v8";

/** Where the quick compiler of WebAssembly knows every instruction. */
const COMPLETE = ["x64", "arm64"];

/**
 * From now on WebAssembly is compiled quickly, and never again to run faster. For a program that runs for a second: the
 * optimising compiler takes longer than that for a large module, and a process does not end before it has finished. Nor
 * is a function looked through before it is called: the modules are those of this program's own packages.
 */
export function compileQuickly(): void {
  if (!COMPLETE.includes(process.arch)) return;
  // `--liftoff-only` says the same, and from Node 24 on nothing to a process that runs already.
  setFlagsFromString("--no-wasm-tier-up --no-wasm-dynamic-tiering --wasm-lazy-validation");
}

/**
 * From now on all JavaScript is compiled quickly, and only the busiest functions are optimised. For a program that ends
 * after a second or two: in that time most of what would be optimised costs more than it saves. Only on Node 20: later
 * ones have a compiler in between, and do not know the second option.
 */
export function optimiseLate(): void {
  if (!process.versions.node.startsWith("20.")) return;
  setFlagsFromString("--always-sparkplug --interrupt-budget=400000");
}
