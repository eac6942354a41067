/** Prints what fuzzing found, in the form that was asked for, and says what exit code it leads to. */
import { folderInRepository } from "../../checkout/git.ts";
import { cutShort } from "../../cut.ts";
import { ExitCode } from "../../errors.ts";
import type { Finding, FuzzCase, FuzzReport, OutcomeKind } from "../../fuzz/index.ts";
import { shellCommand } from "../../host/shell-command.ts";
import { columns } from "../../ui/layout.ts";
import { workflowCommand } from "../../ui/marks.ts";
import type { Output } from "../../ui/output.ts";
import { printableLine } from "../../ui/steering.ts";
import { count, duration } from "../../ui/text.ts";
import { assumptionLines, isTold } from "./fuzz-assumptions.ts";
import { escapeXml, junitDocument, seconds, xmlAttributes } from "./xml.ts";

/** Characters of a traceback, a message or an answer that are printed. */
export const LONGEST = 20_000;

/** A finished run. */
export interface FuzzRun {
  seed: number;
  limit: number;
  durationMs: number;
  reports: readonly FuzzReport[];
  /** The checkout's folder. */
  root: string;
}

/**
 * Prints a run. Errors fail it, and so does a run that could try nothing. Warnings do not: they tell what a text of a
 * payload can do to a message, and which fields a view takes for granted.
 */
export async function reportFuzz(run: FuzzRun, reporter: string, out: Output): Promise<ExitCode> {
  const findings = run.reports.flatMap((report) => report.findings);
  const told = findings.filter(isTold);
  if (out.json) out.report(jsonOf(run));
  else if (reporter === "junit") out.data(junitOf(run));
  else {
    if (reporter === "github" && told.length > 0) {
      const folder = await folderInRepository(run.root);
      out.data(told.map((finding) => annotation(finding, run, folder)).join("\n"));
    }
    out.data(textOf(run, out));
  }
  const failed = findings.some(({ severity }) => severity === "error") || hasTriedNothing(run);
  return failed ? ExitCode.Problems : ExitCode.Ok;
}

/** Whether there were integrations to try, and of none of them a fixture could be. */
function hasTriedNothing({ reports }: FuzzRun): boolean {
  return reports.length > 0 && reports.every(({ fixtures }) => fixtures === 0);
}

function jsonOf({ seed, limit, durationMs, reports }: FuzzRun): object {
  return {
    version: 1,
    seed,
    limit: Number.isFinite(limit) ? limit : null,
    summary: { ...totalsOf(reports), durationMs },
    integrations: reports.map(({ integration: name, findings, ...rest }) => ({
      name,
      ...rest,
      findings: findings.map((finding) => ({ ...finding, command: commandOf(finding, seed) })),
    })),
  };
}

interface Totals {
  integrations: number;
  fixtures: number;
  deliveries: number;
  errors: number;
  warnings: number;
  assumptions: number;
  skipped: number;
  /** Of those, the ones that fail as they are and that no test sends. */
  unsent: number;
  /** Integrations that the limit cut short. */
  cut: number;
  outcomes: Partial<Record<OutcomeKind, number>>;
}

function totalsOf(reports: readonly FuzzReport[]): Totals {
  const sum = (value: (report: FuzzReport) => number): number =>
    reports.reduce((total, report) => total + value(report), 0);
  const of = (wanted: Finding["severity"]): number =>
    sum(({ findings }) => findings.filter(({ severity }) => severity === wanted).length);
  const outcomes: Totals["outcomes"] = {};
  for (const report of reports) {
    for (const [kind, number] of Object.entries(report.outcomes) as [OutcomeKind, number][]) {
      outcomes[kind] = (outcomes[kind] ?? 0) + number;
    }
  }
  return {
    integrations: reports.length,
    fixtures: sum((report) => report.fixtures),
    deliveries: sum((report) => report.deliveries),
    errors: of("error"),
    warnings: of("warning"),
    assumptions: of("assumption"),
    skipped: sum((report) => report.skipped.length),
    unsent: sum((report) => report.skipped.filter(({ isUnsent }) => isUnsent).length),
    cut: reports.filter((report) => report.cut).length,
    outcomes,
  };
}

/** What a user types to see a finding again. */
function commandOf({ integration, ...finding }: Finding, seed: number): string {
  const random = /^(random|other\d+)$/.test(finding.mutation) ? ["--seed", `${seed}`] : [];
  return shellCommand(
    "connect-webhook",
    "test",
    integration,
    "--fuzz-case",
    caseOf(finding),
    ...random,
  );
}

const caseOf = ({ fixture, pointer, mutation }: FuzzCase): string =>
  `${fixture}#${pointer}=${mutation}`;

function textOf(run: FuzzRun, out: Output): string {
  const blocks = run.reports
    .filter(({ findings }) => findings.length > 0)
    .map(({ integration, findings }) =>
      [
        out.paint.bold(printableLine(integration)),
        ...findings.filter(isTold).flatMap((finding) => lines(finding, run.seed, out)),
        ...assumptionLines(
          findings.filter((finding) => !isTold(finding)),
          out,
        ),
      ].join("\n"),
    );
  return [...blocks, summary(run, out)].join("\n\n");
}

/** Places that are listed without `--verbose`. */
const SHORT_LIST = 4;

function lines(finding: Finding, seed: number, out: Output): string[] {
  const { paint, verbose } = out;
  const { severity, message, path, line, pointer, about, before, after, traceback } = finding;
  const sign = severity === "error" ? paint.red("✗") : paint.yellow("!");
  const where = path === undefined ? "" : `  ${paint.cyan(printableLine(`${path}:${line}`))}`;
  const change = after === null ? "" : ` ${paint.dim("→")} ${printableLine(after)}`;
  const place = pointer === "" ? "the whole payload" : pointer;
  const shown = verbose && traceback ? cutShort(traceback.trimEnd(), LONGEST).split("\n") : [];
  return [
    `  ${sign} ${printableLine(message)}${where}`,
    `      ${printableLine(finding.fixture)}  ${printableLine(place)}: ${about}`,
    `      ${printableLine(before)}${change}`,
    ...others(finding, verbose).map((text) => `      ${paint.dim(text)}`),
    ...shown.map((text) => `      ${paint.dim(text)}`),
    `      ${paint.dim(commandOf(finding, seed).replaceAll("\n", "\\n"))}`,
  ];
}

function others({ places, pointer }: Finding, verbose: boolean): string[] {
  const rest = places.filter((place) => place !== pointer);
  if (rest.length === 0 || places.length === 1) return [];
  const shown = (verbose ? rest : rest.slice(0, SHORT_LIST)).map((place) =>
    place === "" ? "the whole payload" : printableLine(place),
  );
  const more = rest.length - shown.length;
  return [`also at ${shown.join(", ")}${more > 0 ? ` and ${count(more, "more place")}` : ""}`];
}

function summary(
  { reports, seed, limit, durationMs }: FuzzRun,
  { paint, verbose }: Output,
): string {
  const totals = totalsOf(reports);
  const { errors, warnings, cut, skipped, outcomes } = totals;
  const nothing = totals.fixtures === 0 && reports.length > 0;
  const head = [
    nothing && errors === 0
      ? paint.red("no fixture could be tried")
      : errors > 0
        ? paint.red(count(errors, "error"))
        : paint.green("no errors"),
    warnings > 0 ? paint.yellow(count(warnings, "warning")) : "no warnings",
  ].join(", ");
  const size = `${count(totals.deliveries, "delivery")} of ${count(totals.fixtures, "fixture")}, ${count(totals.integrations, "integration")}, seed ${seed}, ${duration(durationMs)}`;
  const lines = [`${head}  ${paint.dim(`(${size})`)}`, paint.dim(outcomeLine(outcomes))];
  if (cut > 0) {
    const what = reports.length === 1 ? "The limit" : `For ${count(cut, "integration")} the limit`;
    lines.push(
      `${what} of ${count(limit, "delivery")} was reached; --fuzz-limit all tries everything.`,
    );
  }
  if (skipped > 0) {
    const many = verbose || nothing ? "" : "; --verbose names them";
    const unsent = totals.unsent === 0 ? "" : `, ${totals.unsent} of them not sent by a test`;
    lines.push(`${count(skipped, "fixture")} could not be tried${unsent}${many}.`);
  }
  if (verbose || nothing) {
    const rows = reports.flatMap(({ integration, skipped: left }) =>
      left.map(({ fixture, reason }) => [
        "  ",
        printableLine(`${integration}/${fixture}`),
        printableLine(reason),
      ]),
    );
    if (rows.length > 0) lines.push(columns(rows));
  }
  return lines.join("\n");
}

/** The outcomes, in the order of how good they are. */
const OUTCOMES: readonly (readonly [OutcomeKind, string])[] = [
  ["message", "sent a message"],
  ["silent", "sent nothing"],
  ["refused", "were refused with an answer"],
  ["validation", "failed a check of the payload (500)"],
  ["exception", "raised another exception"],
  ["hang", "did not end"],
  ["unmodelled", "needed what the engine does not model"],
  ["undelivered", "could not be made"],
];

function outcomeLine(outcomes: Totals["outcomes"]): string {
  const parts = OUTCOMES.flatMap(([kind, words]) => {
    const number = outcomes[kind];
    return number === undefined ? [] : [`${number} ${words}`];
  });
  return parts.length === 0 ? "Nothing was delivered." : `${parts.join(", ")}.`;
}

function annotation(finding: Finding, { seed }: FuzzRun, folder: string): string {
  const { path, line, severity, integration, message } = finding;
  const properties = {
    file: path === undefined ? undefined : folder + path,
    line,
    title: `${integration}: fuzzing`,
  };
  const text = `${message}\n${finding.fixture} ${finding.pointer}: ${finding.about}\n${commandOf(finding, seed)}`;
  return workflowCommand(
    severity === "error" ? severity : "warning",
    properties,
    cutShort(text, LONGEST),
  );
}

function junitOf({ reports, seed, durationMs }: FuzzRun): string {
  const suites = reports.flatMap(({ integration, findings: all }) => {
    const findings = all.filter(isTold);
    const failures = findings.filter(({ severity }) => severity === "error");
    const facts = { name: `${integration} fuzzing`, tests: Math.max(1, findings.length) };
    const cases = findings.map((finding) => {
      const head = `    <testcase${xmlAttributes({ classname: integration, name: caseOf(finding), file: finding.path, line: finding.line })}`;
      const body = escapeXml(
        `${finding.message}\n${commandOf(finding, seed)}\n${finding.traceback ?? ""}`,
      );
      return finding.severity === "error"
        ? `${head}><failure${xmlAttributes({ type: finding.type ?? finding.kind, message: finding.message })}>${body}</failure></testcase>`
        : `${head}><system-out>${body}</system-out></testcase>`;
    });
    const none = `    <testcase${xmlAttributes({ classname: integration, name: "no findings" })}/>`;
    return [
      `  <testsuite${xmlAttributes({ ...facts, failures: failures.length, errors: 0, skipped: 0 })}>`,
      ...(cases.length > 0 ? cases : [none]),
      "  </testsuite>",
    ];
  });
  const { errors, warnings } = totalsOf(reports);
  const clean = reports.filter(({ findings }) => !findings.some(isTold)).length;
  const totals = { tests: errors + warnings + clean, failures: errors, errors: 0 };
  const facts = { name: "connect-webhook", ...totals, time: seconds(durationMs) };
  return junitDocument(facts, suites);
}
