/** Macros of a tree's pages that print the event types of an integration. */

/** What an include names, in a page or a macro. */
const INCLUDED = /\{!([\w-]+)\.md!\}/g;

/** The macros that a text includes. */
export function includedMacros(text: string): string[] {
  return [...text.matchAll(INCLUDED)].map(([, name = ""]) => name);
}

/**
 * The macros that print the event types that a view declares, by themselves or by one that they include.
 * @param macros The tree's macros: names without `.md`, and texts.
 */
export function eventMacros(macros: readonly (readonly [name: string, text: string])[]) {
  const found = new Set<string>();
  // A macro is found as soon as one that it includes is.
  for (let known = -1; known < found.size; ) {
    known = found.size;
    for (const [name, text] of macros) {
      const prints = text.includes("all_event_types");
      if (prints || includedMacros(text).some((one) => found.has(one))) found.add(name);
    }
  }
  return found as ReadonlySet<string>;
}
