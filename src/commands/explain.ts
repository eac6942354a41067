import { didYouMean, seenName } from "../checkout/names.ts";
import { UserError } from "../errors.ts";
import type { Rule } from "../lint/index.ts";
import { columns } from "../ui/layout.ts";
import type { Output } from "../ui/output.ts";
import { defineCommand } from "./define.ts";
import type { Guide } from "./guides.ts";

export default defineCommand({
  name: "explain",
  summary: "explain a lint rule, or print a guide",
  isQuick: true,
  description:
    "Prints what a lint rule requires, why, and how to fix a finding; or prints a guide, such as the one on capturing " +
    "requests. Without a topic, lists all rules and guides.",
  args: [
    {
      name: "topic",
      description: "a rule, as named in each finding, or a guide",
    },
  ],
  options: {},
  examples: [
    { line: "explain", does: "Lists the rules and the guides." },
    { line: "explain package-tracked", does: "Prints the page of one rule." },
    { line: "explain capture", does: "Prints the guide on capturing live requests." },
  ],
  async run({ args: { topic } }, { out }) {
    const [{ rules }, { guideText, listGuides }] = await Promise.all([
      import("../lint/index.ts"),
      import("./guides.ts"),
    ]);
    const guides = await listGuides();
    if (topic === undefined) {
      out.report({ version: 1, rules: rules.map(describe), guides });
      out.data(overview(out, rules, guides));
      return undefined;
    }
    const rule = rules.find(({ id }) => id === topic);
    const guide = guides.find(({ name }) => name === topic);
    if (rule) {
      out.report({ version: 1, rules: [describe(rule)], guides: [] });
      out.data(page(out, rule));
    } else if (guide) {
      const text = await guideText(guide.name);
      out.report({ version: 1, rules: [], guides: [{ ...guide, text }] });
      out.data(text.trimEnd());
    } else {
      throw unknownTopic(topic, [...rules.map(({ id }) => id), ...guides.map(({ name }) => name)]);
    }
    return undefined;
  },
});

function unknownTopic(topic: string, known: readonly string[]): UserError {
  return new UserError(`There is no rule and no guide called ${seenName(topic)}.`, {
    code: "unknown-topic",
    hint: didYouMean(topic, known, "Run `connect-webhook explain` to see all of them."),
  });
}

function describe({ id, part, severity, summary, why, howToFix, dialects, fixable }: Rule): object {
  const text = { summary, why, howToFix, ...(dialects !== undefined && { dialects }) };
  return { id, part, severity, ...text, fixable: fixable ?? false };
}

function overview(out: Output, rules: readonly Rule[], guides: readonly Guide[]): string {
  const { bold, dim } = out.paint;
  return [
    bold("Rules"),
    columns(rules.map(({ id, severity, summary }) => [`  ${id}`, severity, dim(summary)])),
    "",
    bold("Guides"),
    columns(guides.map(({ name, summary }) => [`  ${name}`, dim(summary)])),
  ].join("\n");
}

function page(out: Output, rule: Rule): string {
  const repair = rule.fixable ? " `lint --fix` repairs some or all of the findings." : "";
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
