/**
 * `@extend` of placeholders, which the tree's build resolves: `%name { … }` is a rule that stands nowhere by itself, and
 * `@extend %name;` puts what is in it into another rule.
 */
import { unreadable } from "./tree.ts";

const PLACEHOLDER = /%([\w-]+)\s*\{/g;
const EXTEND = /@extend\b([^;}]*);?/g;

/** UTF-16 units: what a sheet may grow to. Those of the trees we know stay below 300 000. */
const MAX_LENGTH = 4_000_000;

/** The sheet with each `@extend` of a placeholder filled in, and without those of classes and the placeholders themselves. */
export function withExtends(css: string): string {
  const bodies = new Map<string, string>();
  let rest = "";
  let done = 0;
  for (const { 0: open, 1: name = "", index } of css.matchAll(PLACEHOLDER)) {
    if (index < done) continue;
    const inside = index + open.length;
    const end = endOfBlock(css, inside);
    if (end < 0) break;
    rest += css.slice(done, index);
    bodies.set(name, (bodies.get(name) ?? "") + css.slice(inside, end).replace(EXTEND, ""));
    done = end + 1;
  }
  rest += css.slice(done);
  let length = rest.length;
  return rest.replace(EXTEND, (_, names: string) => {
    const parts = names.split(",").map((name) => bodies.get(name.trim().replace(/^%/, "")) ?? "");
    const text = parts.join("\n");
    length += text.length;
    if (length > MAX_LENGTH) throw unreadable("its style sheets grow too large");
    return text;
  });
}

const MARK = /[{}"']/g;

/** Where the block ends whose inside begins at a place; -1 when it never does. */
function endOfBlock(css: string, from: number): number {
  MARK.lastIndex = from;
  let depth = 1;
  for (let mark = MARK.exec(css); mark !== null; mark = MARK.exec(css)) {
    const [sign] = mark;
    if (sign === "{") depth += 1;
    else if (sign === "}") depth -= 1;
    else MARK.lastIndex = (css.indexOf(sign, MARK.lastIndex) + 1 || css.length) as number;
    if (depth === 0) return mark.index;
  }
  return -1;
}
