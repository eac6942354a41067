/** In which ways expectations change: what most of them have in common is told once, and those that differ otherwise each. */
import { cutShort } from "../../cut.ts";
import { changeKey, replacedWords } from "../../review/index.ts";
import { printableLine } from "../../ui/steering.ts";
import type { Context } from "../define.ts";
import { type comparedPart, comparison } from "../reporters/comparison.ts";

/** An expectation that was corrected. */
export interface ChangedExpectation {
  readonly integration: string;
  readonly test: string;
  readonly path: string;
  readonly line: number;
  readonly before: string;
  readonly after: string;
}

/** Words of a change that are told, and characters of each of them. */
const MOST_WORDS = 3;
const LONGEST_WORD = 60;
/** Expectations that are listed one by one. */
const MOST_LISTED = 20;

export class ChangedExpectations {
  readonly #ways = new Map<string, ChangedExpectation[]>();

  /** @returns The first one that changed in the same way; undefined for a new way. */
  add(changed: ChangedExpectation): ChangedExpectation | undefined {
    const key = changeKey(changed.before, changed.after);
    const [first] = this.#ways.get(key) ?? [];
    this.#ways.set(key, [...(this.#ways.get(key) ?? []), changed]);
    return first;
  }

  /** The lines that tell it; none where nothing has changed like anything else. */
  lines(): string[] {
    const [most, ...others] = [...this.#ways.values()].sort((a, b) => b.length - a.length);
    const [example] = most ?? [];
    if (!most || !example || most.length < 2) return [];
    const many = others.length > 0 ? `${most.length} of them` : "All of them";
    const odd = others.flat();
    const listed = odd.slice(0, MOST_LISTED).map((one) => `  ${placeOf(one)}: ${wordsOf(one)}`);
    const more = odd.length - listed.length;
    return [
      `${many} in the same way: ${wordsOf(example)}.`,
      ...(odd.length > 0 ? [`${odd.length} otherwise:`, ...listed] : []),
      ...(more > 0 ? [`  … and ${more} more`] : []),
    ];
  }
}

/** Shows a corrected expectation. @param part Which part of the message it is of. */
export function sayChanged(
  changed: ChangedExpectation,
  part: ReturnType<typeof comparedPart>,
  { out }: Pick<Context, "out">,
): void {
  const shown = comparison(changed.before, changed.after, { paint: out.paintStderr, part });
  out.say(`\n${placeOf(changed)}\n\n  ${shown.join("\n  ")}\n`);
}

/** The same of one that changed in the way of another. */
export function sayAlike(
  changed: ChangedExpectation,
  { test, line }: ChangedExpectation,
  { out }: Pick<Context, "out">,
): void {
  out.say(`${placeOf(changed)}  changes as ${printableLine(test)} does, line ${line}`);
}

const placeOf = ({ integration, test, path, line }: ChangedExpectation): string =>
  printableLine(`${integration} › ${test}  ${path}:${line}`);

/** The words that went and came, such as `"asks" became "waits"`. */
function wordsOf({ before, after }: ChangedExpectation): string {
  const pairs = replacedWords(before, after);
  if (!pairs) return "much of it";
  const told = pairs.slice(0, MOST_WORDS).map(([old, now]) => {
    if (old === "") return `${quoted(now)} was added`;
    return now === "" ? `${quoted(old)} was removed` : `${quoted(old)} became ${quoted(now)}`;
  });
  return [...told, ...(pairs.length > told.length ? ["…"] : [])].join(", ");
}

const quoted = (words: string): string =>
  `"${printableLine(cutShort(words.trim().replaceAll("\n", " "), LONGEST_WORD))}"`;
