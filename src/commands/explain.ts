import type { Rule } from "../lint/index.ts";
import { columns } from "../ui/layout.ts";
import type { Output } from "../ui/output.ts";
import { defineCommand } from "./define.ts";

export default defineCommand({
  name: "explain",
  description:
    "Says what a lint rule asks for, why, and how to fix a finding. Without a rule it lists all of them.",
  args: [{ name: "rule", description: "the rule, as lint names it after each finding" }],
  options: {},
  examples: [
    { line: "explain", does: "Lists the rules." },
    { line: "explain package-tracked", does: "Prints the page of one rule." },
  ],
  async run({ args }, { out }) {
    const { findRule, rules } = await import("../lint/index.ts");
    const chosen = args.rule === undefined ? rules : [findRule(args.rule)];
    out.report({ version: 1, rules: chosen.map(describe) });
    const [only] = chosen;
    out.data(args.rule === undefined || !only ? overview(out, rules) : page(out, only));
    return undefined;
  },
});

function describe({ id, part, severity, summary, why, howToFix, dialects, fixable }: Rule): object {
  const text = { summary, why, howToFix, ...(dialects !== undefined && { dialects }) };
  return { id, part, severity, ...text, fixable: fixable ?? false };
}

function overview(out: Output, rules: readonly Rule[]): string {
  return columns(
    rules.map(({ id, severity, summary }) => [
      out.paint.bold(id),
      severity,
      out.paint.dim(summary),
    ]),
  );
}

function page(out: Output, rule: Rule): string {
  const repair = rule.fixable ? " `lint --fix` repairs some or all findings by itself." : "";
  return [
    `${out.paint.bold(rule.id)}  ${out.paint.dim(`${rule.severity}, ${rule.part}`)}`,
    "",
    rule.summary,
    "",
    `Why: ${rule.why}`,
    `To fix it: ${rule.howToFix}${repair}`,
    ...(rule.dialects === undefined ? [] : [`Where: ${rule.dialects}`]),
  ].join("\n");
}
