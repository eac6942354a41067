/** Longer texts, which a message quotes. */
import type { Leaf } from "../leaves.ts";
import * as vocabulary from "../vocabulary.ts";
import { isAnnouncement, isOneOf } from "./announced.ts";
import { wordsIn } from "./dull.ts";
import { isMarkup } from "./facts.ts";
import { isAddress, isMachine, type Thing } from "./things.ts";

/**
 * Longer text, to be quoted.
 * @param used What is told already.
 * @param said The words of the event's name, which are no text.
 */
export function textOf(
  thing: Thing,
  used: ReadonlySet<Leaf>,
  said: readonly string[] = [],
): Leaf | undefined {
  const isText = (leaf: Leaf): boolean =>
    leaf.kind === "string" &&
    !used.has(leaf) &&
    !isAddress(leaf) &&
    !isMachine(leaf) &&
    !isMarkup(leaf) &&
    !isCode(leaf) &&
    !leaf.samples.every((text) => saysOnly(text, said));
  const names = vocabulary.texts.flatMap((name) => [
    name,
    `${name}/raw`,
    `${name}/text`,
    `${name}/plain`,
  ]);
  // What is said of every such event comes after what is said of this one.
  return (
    thing.first(names, (leaf) => isText(leaf) && !isAnnouncement(leaf, thing, said)) ??
    thing.first(names, isText)
  );
}

/** Whether a text has no other words than these, in any form. */
const saysOnly = (text: string, said: readonly string[]): boolean =>
  wordsIn(text).every((word) => isOneOf(word, said));

/** A word such as `general` under `reason` is for machines. */
const isCode = ({ key, samples }: Leaf): boolean =>
  /(^|_)(reason|error|message|details?|description)$/.test(key) &&
  samples.every((text) => !/\s/.test(text.trim()));
