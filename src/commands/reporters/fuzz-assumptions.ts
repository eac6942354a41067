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
export function assumptionLines(findings: readonly Finding[], output: Output): string[] {
  const checks = findings.filter(({ kind }) => kind === "server-error");
  const texts = findings.filter(({ kind }) => kind !== "server-error");
  return [...checkLines(checks, output), ...textLines(texts, output)];
}

/** Fields that the view's checks need as they are. */
function checkLines(findings: readonly Finding[], { paint, verbose }: Output): string[] {
  if (findings.length === 0) return [];
  const fields = fieldsOf(findings);
  const functions = new Set(findings.map(({ function: name = "" }) => name));
  const where = `${count(fields, "field")} in ${count(functions.size, "function")}`;
  const verb = fields === 1 ? "is" : "are";
  const head = `  ${where} ${verb} taken for granted: nothing in the tree shows them otherwise`;
  if (!verbose) return [paint.dim(`${head} (--verbose lists them).`)];
  const rows = findings.map(({ places, ways = [], function: name = "", path, line }) => [
    "     ",
    placeIn(places),
    ways.join(", "),
    paint.dim(printableLine([name, path === undefined ? "" : `${path}:${line}`].join("  ").trim())),
  ]);
  return [
    paint.dim(`${head}. ${MESSAGE_LOST}, when one is as listed; what reads it comes last:`),
    columns(rows),
  ];
}

/** Fields that hold words of the service's own as far as the tree shows, where any other text would do something. */
function textLines(findings: readonly Finding[], { paint, verbose }: Output): string[] {
  if (findings.length === 0) return [];
  const fields = fieldsOf(findings);
  const head = `  Odd texts in ${count(fields, "field")} would break messages; nothing in the tree shows that the service sends any there`;
  if (!verbose) return [paint.dim(`${head} (--verbose lists them).`)];
  const rows = findings.map(({ message, places }) => [
    "     ",
    placeIn(places),
    printableLine(message),
  ]);
  return [paint.dim(`${head}:`), columns(rows)];
}

const placeIn = (places: readonly string[]): string =>
  printableLine(places[0] || "the whole payload");

const fieldsOf = (findings: readonly Finding[]): number =>
  new Set(findings.map(({ places }) => places[0])).size;
