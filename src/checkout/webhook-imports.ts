/** Which other integrations a Python file of an integration names. */

/**
 * The folders of `zerver/webhooks` that a Python file imports from, or names by path.
 * @param python The file's text.
 */
export function foldersNamedIn(python: string): string[] {
  const named = [...python.matchAll(/\bzerver[./]webhooks[./](\w+)/g)].map(([, name = ""]) => name);
  const taken = python.matchAll(/\bfrom\s+zerver\.webhooks\s+import\s+(?:\(([^()]*)\)|(.*))/g);
  for (const [, several, line] of taken) {
    for (const name of namesIn(several ?? line ?? "")) named.push(name);
  }
  return [...new Set(named)];
}

/** The names of an import list, without what they are called here. */
function namesIn(list: string): string[] {
  const parts = list.replace(/#.*/g, "").split(",");
  return parts.flatMap((part) => /^\s*(\w+)/.exec(part)?.[1] ?? []);
}
