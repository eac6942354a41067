/** What differs between the text that a test expects and the one that was sent. */
import { diffLines, diffWordsWithSpace } from "diff";
import type { Output } from "../../ui/output.ts";
import { printable } from "../../ui/text.ts";

/** Two texts, and what differs between them. */
export function comparison(
  expected: string,
  actual: string,
  { paint }: Pick<Output, "paint">,
): string[] {
  const legend = `The message differs: ${paint.green("- expected")}, ${paint.red("+ sent")}`;
  const oneLine = !expected.includes("\n") && !actual.includes("\n");
  return [
    legend,
    ...(oneLine && paint.level > 0
      ? wordDiff(expected, actual, paint)
      : lineDiff(expected, actual, paint)),
  ];
}

function lineDiff(expected: string, actual: string, paint: Output["paint"]): string[] {
  return diffLines(printable(expected), printable(actual), { ignoreNewlineAtEof: true }).flatMap(
    ({ value, added, removed }) => {
      const lines = value.replace(/\n$/, "").split("\n");
      if (added) return lines.map((line) => paint.red(`+ ${line}`));
      if (removed) return lines.map((line) => paint.green(`- ${line}`));
      return lines.map((line) => paint.dim(`  ${line}`));
    },
  );
}

/** Two long lines that differ in a word are hard to compare by eye: the words that differ are marked. */
function wordDiff(expected: string, actual: string, paint: Output["paint"]): string[] {
  const parts = diffWordsWithSpace(printable(expected), printable(actual));
  const side = (skip: "added" | "removed", mark: (text: string) => string): string =>
    parts
      .filter((part) => !part[skip])
      .map((part) => (part.added || part.removed ? mark(part.value) : part.value))
      .join("");
  return [
    `${paint.green("-")} ${side("added", (text) => paint.green.inverse(text))}`,
    `${paint.red("+")} ${side("removed", (text) => paint.red.inverse(text))}`,
  ];
}
