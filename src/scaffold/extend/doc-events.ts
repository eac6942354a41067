/** The list of events on an integration's documentation page. */
import { slugOf } from "../../payload/index.ts";
import { lineBreakOf } from "../../python/source.ts";

/** An item of a list, such as `* **Deploy finished**`. */
interface Item {
  line: number;
  /** What stands before and after the event's name: bullet, indent and marks. */
  before: string;
  name: string;
  after: string;
}

/** A line without blanks at its end. */
const item = /^(\s*[*+-]\s+(?!\s)(?:\*\*|`|_)?)([^*`]+?)((?:\*\*|`|_)?[.,;]?)$/;

/**
 * Puts events into the list that a page has of them.
 * @param text The page.
 * @param known The events that the view had before.
 * @param added The new ones.
 * @returns The page with them, or undefined where it has no such list.
 */
export function extendedDoc(
  text: string,
  known: readonly string[],
  added: readonly string[],
): string | undefined {
  const lines = text.split(/\r?\n/);
  const slugs = new Set(known.map(slugOf));
  const list = listsIn(lines).find(
    (items) =>
      items.length > 1 &&
      items.filter(({ name }) => slugs.has(slugOf(name))).length * 2 > items.length,
  );
  const last = list?.at(-1);
  if (!list || !last) return undefined;
  const listed = new Set(list.map(({ name }) => slugOf(name)));
  const missing = added.filter((event) => !listed.has(slugOf(event)));
  if (missing.length === 0) return undefined;
  const before = list.at(-2) ?? last;
  const insert = missing.map(
    (event) => `${last.before}${spelledLike(event, list, known)}${before.after}`,
  );
  lines.splice(last.line + 1, 0, ...insert);
  return lines.join(lineBreakOf(text));
}

/** Items on lines that follow each other. */
function listsIn(lines: readonly string[]): Item[][] {
  const lists: Item[][] = [[]];
  lines.forEach((text, line) => {
    const [, before, name, after] = item.exec(text.trimEnd()) ?? [];
    if (before !== undefined && name !== undefined && after !== undefined)
      lists.at(-1)?.push({ line, before, name, after });
    else if (text.trim() !== "" && lists.at(-1)?.length !== 0) lists.push([]);
  });
  return lists;
}

/** The event's own name where the others have theirs, else its words as theirs are spelled. */
function spelledLike(event: string, list: readonly Item[], known: readonly string[]): string {
  if (list.filter(({ name }) => known.includes(name)).length * 2 > list.length) return event;
  const words = slugOf(event).replace(/_+/g, " ");
  const capital = list.every(({ name }) => /^\p{Lu}/u.test(name));
  return capital ? words.charAt(0).toUpperCase() + words.slice(1) : words;
}
