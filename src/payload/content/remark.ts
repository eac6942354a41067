/** What somebody said of something: a comment, a review, a note. */
import type { Leaf } from "../leaves.ts";
import { textOf } from "./facts.ts";
import { linkOf } from "./places.ts";
import { outer, roleOf, type Thing } from "./things.ts";

/** What somebody said about the event's thing: an object of its own, or the payload around the thing. */
export function remarkIn(
  things: readonly Thing[],
  subject: Thing | undefined,
  hints: readonly string[],
): { text?: Leaf; link?: Leaf } | undefined {
  const said = things.find(
    ({ way, key }) =>
      way.length > 0 &&
      way.length <= 2 &&
      roleOf(key) === "remark" &&
      way.slice(0, -1).every((above) => !/actor|machinery/.test(roleOf(above))),
  );
  if (!hints.some((word) => remarkWord.test(word))) return undefined;
  const around = outer(things).filter(
    (thing) => thing !== subject && subject !== undefined && textOf(thing, new Set()),
  );
  const holder = said ?? around.at(-1);
  if (!holder || holder === subject) return undefined;
  const [text, link] = [textOf(holder, new Set()), linkOf(holder)];
  return { ...(text && { text }), ...(link && { link }) };
}

const remarkWord =
  /^(comment(ed)?|notes?|noted|repl(y|ied)|review(ed)?|annotat(ion|ed)|remark|answer)$/;
