/** Coverage as a table: an integration's files, how much of them ran, and the lines that did not. */
import { lineRanges, percentOf } from "../../engine/coverage-words.ts";
import type { IntegrationRun, TestRun } from "../../engine/index.ts";
import { columns } from "../../ui/layout.ts";
import type { Output } from "../../ui/output.ts";
import { printableLine } from "../../ui/steering.ts";

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
        printableLine(file.path),
        numbers,
        file.missing.length > 0 ? `not run: ${lineRanges(file.missing)}` : "",
      ];
    }),
  );
  return columns(rows);
}
