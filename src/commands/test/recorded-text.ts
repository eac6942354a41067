/** What `--record` says and writes of single tests. */
import type { Fixture, Integration } from "../../checkout/model.ts";
import { shellCommand } from "../../host/shell-command.ts";
import type { Output } from "../../ui/output.ts";
import { printableLine } from "../../ui/steering.ts";
import { count } from "../../ui/text.ts";
import type { Context } from "../define.ts";

/** What a run recorded. */
export interface Recorded {
  added: { integration: string; fixture: string; test: string }[];
  corrected: { integration: string; test: string; path: string; line: number }[];
  /** What a person has to do, and why. */
  left: { integration: string; what: string; reason: string; path: string; line?: number }[];
}

/**
 * Says what was recorded, and what is left to do.
 * @param ways In which ways expectations changed, in lines.
 */
export function sayRecorded(
  { added, corrected, left }: Recorded,
  ways: readonly string[],
  word: string,
  { data }: Pick<Context["out"], "data">,
): void {
  const done = `${count(added.length, "test")} written, ${count(corrected.length, "expectation")} corrected`;
  data(`${word}: ${done}.`);
  for (const line of ways) data(line);
  for (const { integration, what, reason, path, line } of left) {
    const place = line === undefined ? path : `${path}:${line}`;
    data(
      `Left to you: ${printableLine(integration)}, ${printableLine(what)} (${printableLine(place)}): ${printableLine(reason)}.`,
    );
  }
}

/** The command that has a view handle a fixture's event. */
export function extendCommand({ name }: Integration, { path }: Fixture): string {
  return `\`${shellCommand("connect-webhook", "extend", name, "--payload", path)}\``;
}

/** The lines that were put in: the texts are the same before and after them. */
export function addedLines(before: string, after: string): string[] {
  const [old, now] = [before.split("\n"), after.split("\n")];
  let start = 0;
  while (start < old.length && old[start] === now[start]) start += 1;
  const tail = old.length - start;
  const added = now.slice(start, now.length - tail);
  return added.join("\n").trimEnd().replace(/^\n+/, "").split("\n");
}

/** Says why nothing is recorded in CI. */
export function sayNothingInCi(out: Output): void {
  out.error("Nothing is recorded in CI, because somebody has to review the tests.");
  out.say("  Run `connect-webhook test --record` on your machine, and commit what it writes.");
  const message = "Nothing is recorded in CI.";
  out.report({ version: 1, error: { code: "no-record-in-ci", message } });
}

/** Shows a test that would be added. */
export function sayAdded(
  integration: string,
  fixture: string,
  lines: readonly string[],
  { out }: Pick<Context, "out">,
): void {
  const { green } = out.paintStderr;
  const added = lines.map((line) => green(`  + ${line}`)).join("\n");
  out.say(`\n${printableLine(integration)}: a test for ${printableLine(fixture)}\n\n${added}\n`);
}
