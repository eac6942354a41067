/** What somebody said of something: a comment, a review, a note. */
import type { Leaf } from "../leaves.ts";
import * as vocabulary from "../vocabulary.ts";
import { linkOf } from "./places.ts";
import type { Subject } from "./subject.ts";
import { textOf } from "./texts.ts";
import { isSure, outer, roleOf, type Thing } from "./things.ts";

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
  const text = textOf(holder, new Set());
  const pages = outer(things).flatMap((thing) => linkOf(thing) ?? []);
  const link = linkOf(holder) ?? pages.find(isOfRemark);
  return { ...(text && { text }), ...(link && { link }) };
}

/** Whether an address leads to what was said, on the page of the thing. */
const isOfRemark = ({ samples }: Leaf): boolean =>
  samples.every((text) => /^[^#]*#.*(comment|note|reply|review)/i.test(text));

/**
 * What a remark is on, where the payload is the remark and says by a number on what, as with `call_id`.
 * @param remark The event's thing.
 */
export function remarkedOn(
  remark: Subject | undefined,
  hints: readonly string[],
): { subject: Subject; remark: { text: Leaf } } | undefined {
  const { thing, title } = remark ?? {};
  const isRemark = remarkWord.test(hints.at(-1) ?? "") || hints.at(-1) === "update";
  if (!thing || title || !isRemark) return undefined;
  const text = textOf(thing, new Set());
  for (const [key, number] of thing.own()) {
    const noun = key.replace(/_id$/, "");
    if (noun === key || !vocabulary.remarkable.test(noun) || !isSure(number)) continue;
    if (!text || !number.samples.every((sample) => /^\d{1,12}$/.test(sample))) continue;
    return { subject: { thing, noun, number, said: true }, remark: { text } };
  }
  return undefined;
}

const remarkWord =
  /^(comment(ed)?|notes?|noted|repl(y|ied)|review(ed)?|annotat(ion|ed)|remark|answer)$/;
