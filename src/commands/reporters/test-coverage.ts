/** Coverage as a table: an integration's files, how much of them ran, and the lines that did not. */
import type { IntegrationRun, TestRun } from "../../engine/index.ts";
import type { Output } from "../../ui/output.ts";
import { columns, printable } from "../../ui/text.ts";

/** The percentage of statements that ran, rounded down: 100 means all of them. */
export function percentOf({ lines, covered }: { lines: number; covered: number }): number {
  return lines === 0 ? 100 : Math.floor((covered / lines) * 1000) / 10;
}

/** The integrations below a limit. */
export function belowMinimum({ integrations }: TestRun, minimum: number): IntegrationRun[] {
  return integrations.filter(({ coverage }) => coverage && percentOf(coverage) < minimum);
}

/** The table; an empty text where nothing was watched. */
export function formatCoverage({ integrations }: TestRun, { paint }: Output): string {
  const rows = integrations.flatMap(({ coverage }) =>
    (coverage?.files ?? []).map((file) => {
      const percent = percentOf(file);
      const colour = percent === 100 ? paint.green : percent >= 80 ? paint.yellow : paint.red;
      const numbers = `${file.covered} of ${file.lines} lines`;
      return [
        colour(`${percent.toFixed(1)} %`.padStart(7)),
        printable(file.path),
        numbers,
        file.missing.length > 0 ? `not run: ${ranges(file.missing)}` : "",
      ];
    }),
  );
  return columns(rows);
}

/** `3, 4, 5, 9` as `3-5, 9`. */
function ranges(lines: readonly number[]): string {
  const parts: [number, number][] = [];
  for (const line of lines) {
    const last = parts.at(-1);
    if (last && line === last[1] + 1) last[1] = line;
    else parts.push([line, line]);
  }
  return parts.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(", ");
}
