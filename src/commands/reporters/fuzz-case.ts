/** Prints what came of one case of fuzzing that was tried again. */
import { cutShort } from "../../cut.ts";
import { ExitCode } from "../../errors.ts";
import { type FuzzCase, type fuzzOne, MESSAGE_LOST } from "../../fuzz/index.ts";
import type { Output } from "../../ui/output.ts";
import { printableLine } from "../../ui/steering.ts";
import { LONGEST } from "./fuzz.ts";

/** One case that was tried again. */
export interface CaseResult extends NonNullable<Awaited<ReturnType<typeof fuzzOne>>> {
  integration: string;
  case: FuzzCase;
}

/** Prints what came of one case. */
export function reportFuzzCase(result: CaseResult, out: Output): ExitCode {
  const { integration, findings, outcome } = result;
  const { response, messages, error } = outcome.delivery;
  out.report({
    version: 1,
    integration,
    case: result.case,
    outcome: outcome.kind,
    response,
    messages,
    ...(error && { error }),
    findings,
  });
  const told = findings.map(({ severity, message }) => {
    const sign = severity === "error" ? out.paint.red("✗") : out.paint.yellow("!");
    return `${sign} ${printableLine(message)}`;
  });
  const sent = messages.map(
    ({ topic, content }) =>
      `${out.paint.bold(printableLine(topic ?? ""))}\n${cutShort(content, LONGEST)}`,
  );
  const answer = error
    ? cutShort(error.traceback.trimEnd(), LONGEST)
    : `The view answered ${response.status}: ${cutShort(response.body, LONGEST)}`;
  const unsaid =
    response.status >= 500
      ? `${out.paint.yellow("!")} ${MESSAGE_LOST}.`
      : `${out.paint.green("✓")} No problem found.`;
  const verdict = told.length > 0 ? told : [unsaid];
  out.data([...verdict, ...(sent.length > 0 ? sent : [answer])].join("\n\n"));
  return findings.some(({ severity }) => severity === "error") ? ExitCode.Problems : ExitCode.Ok;
}
