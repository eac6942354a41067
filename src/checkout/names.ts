/** Names of integrations: which are valid, how Connect shows them, and which one was meant. */
import { UserError } from "../errors.ts";

const keywords = new Set(
  (
    "False None True and as assert async await break class continue def del elif else except finally for from " +
    "global if import in is lambda nonlocal not or pass raise return try while with yield match case type"
  ).split(" "),
);

/** Longest name taken; it becomes a folder, a part of the URL and a part of the bot's client name. */
export const longestName = 40;

/**
 * Checks the name of a new integration: a folder, a Python module and a part of a URL in one.
 * @param name As the user gave it.
 * @returns The same name.
 * @throws UserError `invalid-name`, with a valid form of the name in the hint where there is one.
 */
export function validateIntegrationName(name: string): string {
  const complaint = complaintAbout(name);
  if (complaint === undefined) return name;
  const suggestion = suggestName(name);
  throw new UserError(`${JSON.stringify(name)} cannot be an integration's name: ${complaint}.`, {
    code: "invalid-name",
    hint:
      suggestion === undefined
        ? "Use lower-case letters, digits and underscores, starting with a letter."
        : `Use ${suggestion}, and give the service's real name with --display-name.`,
  });
}

function complaintAbout(name: string): string | undefined {
  if (name === "") return "it is empty";
  if (/[/\\]|^\.+$/.test(name)) return "it must be a name, not a path";
  if (/[A-Z]/.test(name) && /^[A-Za-z][A-Za-z0-9_]*$/.test(name)) return "it must be lower case";
  if (/^[0-9]/.test(name)) return "it starts with a digit";
  if (!/^[a-z][a-z0-9_]*$/.test(name)) {
    return "only lower-case letters, digits and underscores, starting with a letter, are allowed";
  }
  if (name.includes("__") || name.endsWith("_")) {
    return "underscores may stand only between two other characters";
  }
  if (keywords.has(name)) return "it is a word of the Python language";
  if (name.length > longestName) return `it is longer than ${longestName} characters`;
  return undefined;
}

/** A valid name made from any text, or undefined when nothing useful is left of it. */
export function suggestName(text: string): string | undefined {
  const base = text.split(/[/\\]/).findLast((part) => /[A-Za-z0-9]/.test(part)) ?? "";
  const plain = base
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9_]+/g, "")
    .replace(/_+/g, "_")
    .replace(/^[_0-9]+/, "")
    .slice(0, longestName)
    .replace(/(?<!_)_+$/, "");
  const candidate = keywords.has(plain) ? `${plain}_webhook` : plain;
  return complaintAbout(candidate) === undefined ? candidate : undefined;
}

/** Python's `str.title()`: the first letter of every run of letters in upper case, the others in lower case. */
export function titleCase(text: string): string {
  return text.replace(
    /\p{L}+/gu,
    (word) => word.slice(0, 1).toUpperCase() + word.slice(1).toLowerCase(),
  );
}

/**
 * A hint for somebody who misspelt a name.
 * @param otherwise What to say where no known name is near.
 */
export function didYouMean(wanted: string, known: readonly string[], otherwise: string): string {
  const near = nearestNames(wanted, known);
  return near.length === 0 ? otherwise : `Did you mean ${near.join(" or ")}?`;
}

/**
 * The names closest to one that is not there, best first.
 * @param wanted What was asked for.
 * @param known What there is.
 * @param most How many to give at most.
 */
export function nearestNames(wanted: string, known: readonly string[], most = 3): string[] {
  const plain = wanted.toLowerCase().replace(/[^a-z0-9]/g, "");
  if (plain === "") return [];
  const limit = Math.max(1, Math.floor(plain.length / 3));
  return known
    .map((name) => ({
      name,
      distance: likeness(plain, name.toLowerCase().replaceAll(/[_-]/g, "")),
    }))
    .filter((candidate) => candidate.distance <= limit)
    .sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1))
    .slice(0, most)
    .map((candidate) => candidate.name);
}

function likeness(wanted: string, name: string): number {
  // A name that starts with what was typed is close, however much is missing.
  if (wanted.length >= 3 && name.startsWith(wanted)) return 1;
  return editDistance(wanted, name);
}

/** Damerau-Levenshtein: insertions, deletions, replacements and swaps of neighbours. */
export function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1];
      let best = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (same ? 0 : 1),
      );
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) {
        best = Math.min(best, (beforeLast[column - 2] ?? 0) + 1);
      }
      current.push(best);
    }
    beforeLast = last;
    last = current;
  }
  return last[b.length] ?? 0;
}

/** A name within a sentence: one that would not be seen stands in quotation marks. */
export function seenName(name: string): string {
  return name.trim() === "" ? `'${name}'` : name;
}

/** The file of a Python module of the tree, relative to its root, such as `zerver/webhooks/acmedeploy/view.py`. */
export function moduleFile(module: string): string {
  return `${module.replaceAll(".", "/")}.py`;
}
