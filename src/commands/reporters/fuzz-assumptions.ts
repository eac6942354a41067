/** What views take for granted: one line for each integration, or all of it with `--verbose`. */
import { type Finding, MESSAGE_LOST } from "../../fuzz/index.ts";
import { columns } from "../../ui/layout.ts";
import type { Output } from "../../ui/output.ts";
import { printableLine } from "../../ui/steering.ts";
import { count } from "../../ui/text.ts";

/** Whether a finding is told by itself: something in the tree speaks for it. */
export const isTold = ({ severity }: Finding): boolean => severity !== "assumption";

/**
 * What is said of the rest.
 * @param findings Those of one integration of which `isTold` is false.
 */
export function assumptionLines(
  findings: readonly Finding[],
  { paint, verbose }: Output,
): string[] {
  if (findings.length === 0) return [];
  const fields = new Set(findings.map(({ places }) => places[0]));
  const functions = new Set(findings.map(({ function: name = "" }) => name));
  const where = `${count(fields.size, "field")} in ${count(functions.size, "function")}`;
  const verb = fields.size === 1 ? "is" : "are";
  const head = `  ${where} ${verb} taken for granted: nothing in the tree shows them otherwise`;
  if (!verbose) return [paint.dim(`${head} (--verbose lists them).`)];
  const rows = findings.map(
    ({ kind, message, places, ways = [], function: name = "", path, line }) => [
      "     ",
      printableLine(places[0] || "the whole payload"),
      kind === "server-error" ? ways.join(", ") : printableLine(message),
      paint.dim(printableLine(`${name}  ${path ?? ""}:${line ?? ""}`)),
    ],
  );
  return [paint.dim(`${head}. ${MESSAGE_LOST}, when one is as shown:`), columns(rows)];
}
