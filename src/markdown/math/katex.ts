/** Calls KaTeX, bounds what a formula may cost, and takes its markup over into the tree. */
import { requireDependency } from "../../host/packages.ts";
import type { Element } from "../tree.ts";
import { readMarkup } from "./reader.ts";

/** Longer formulas are refused; no message is longer. */
const MAX_LENGTH = 10_000;
/** Pasting arguments into a macro takes KaTeX time that grows with the cube of the length. */
const MAX_LENGTH_WITH_ARGUMENTS = 2_000;
/** What a size that an author states is cut to, in em. */
const MAX_SIZE = 100;
/** How many tokens a formula may become: this many, and so many for each of its characters. */
const TOKENS = { atLeast: 1_000, perCharacter: 20 };

/**
 * A place for a formula's own macros that bounds their use. KaTeX counts expansions, but not how
 * long each one is. It asks here about every token, so this counts tokens.
 */
function boundedMacros(length: number): Record<string, string> {
  let left = TOKENS.atLeast + TOKENS.perCharacter * length;
  return new Proxy<Record<string, string>>(
    {},
    {
      getOwnPropertyDescriptor(macros, name) {
        left -= 1;
        if (left < 0) throw new RangeError("The formula becomes too long.");
        return Reflect.getOwnPropertyDescriptor(macros, name);
      },
    },
  );
}

/** Runs a function without KaTeX's warnings about characters that its fonts lack. */
function quietly<T>(run: () => T): T {
  const { warn } = console;
  console.warn = () => {};
  try {
    return run();
  } finally {
    console.warn = warn;
  }
}

/**
 * Lays a formula out as Connect does (`zerver/lib/tex.py`): KaTeX's defaults, nothing trusted.
 * @param tex The TeX source.
 * @param style Inside a line, or on a line of its own.
 * @returns The formula, or nothing when KaTeX refuses the source or it asks for too much.
 */
export function layOut(tex: string, style: "inline" | "display"): Element | undefined {
  if (tex.length > (tex.includes("#") ? MAX_LENGTH_WITH_ARGUMENTS : MAX_LENGTH)) return undefined;
  // A placeholder is not TeX, and must not hide in a comment of it.
  if (tex.includes("\u0002")) return undefined;
  try {
    // Few messages hold a formula: it is loaded with the first.
    const katex = requireDependency("katex") as typeof import("katex");
    const markup = quietly(() =>
      katex.renderToString(tex, {
        displayMode: style === "display",
        macros: boundedMacros(tex.length),
        maxSize: MAX_SIZE,
        strict: "ignore",
        trust: false,
      }),
    );
    return readMarkup(markup);
  } catch {
    // Not only its own errors: deep nesting, for one, exhausts the stack. Connect refuses them all.
    return undefined;
  }
}
