import { type DocPage, type DocStep, readDoc } from "../doc-page.ts";
import { type Finding, type Rule, textRepair } from "../rule.ts";
import type { LintTarget } from "../target.ts";

export const docSteps: Rule = {
  id: "doc-steps",
  part: "documentation",
  severity: "warning",
  summary: "The instructions are numbered steps that begin by making the bot and its URL.",
  why: "Every integration starts the same way; readers who set up a second one know their way.",
  howToFix: "Begin with the tree's macros for that, and number every step `1.`.",
  needsEntry: false,
  fixable: true,
  check(target) {
    const page = target.doc();
    if (!page) return [];
    const [first, second] = page.steps;
    const path = target.integration.docFile;
    if (!first) {
      const message = "The page has no numbered steps.";
      return [{ path, message, fix: "Write one step for each form, each numbered `1.`." }];
    }
    return [...checkNumbers(path, page), ...checkStart(target, first, second)];
  },
};

function checkNumbers(path: string, { steps }: DocPage): Finding[] {
  const wrong = steps.find(({ number }) => number !== 1);
  if (!wrong) return [];
  const message = `The step is numbered ${wrong.number}, not 1.`;
  const fix = "Number every step `1.`; Markdown counts them.";
  const repair = textRepair(path, renumbered);
  return [{ path, line: wrong.line, message, fix, repair }];
}

function renumbered(text: string): string {
  const numbered = new Set(readDoc(text).steps.map(({ line }) => line));
  return text
    .split("\n")
    .map((line, index) => (numbered.has(index + 1) ? line.replace(/\d+\./, "1.") : line))
    .join("\n");
}

/** The macros that make a stream, a bot or its URL are called `create-…` in every tree. */
const setUp = /^\{!create-[^!]*!\}$/;

function checkStart(target: LintTarget, first: DocStep, second: DocStep | undefined): Finding[] {
  const { macros } = target.checkout.dialect.docs;
  const path = target.integration.docFile;
  // Where streams are made by a macro of their own, that comes first and the bot second.
  const stream = macros.has("create-stream");
  const opening = stream ? "create-stream" : "create-an-incoming-webhook";
  if (!macros.has(opening)) return [];
  const begins = stream ? first.text === `{!${opening}.md!}` : setUp.test(first.text);
  if (!begins) {
    const message = `The first step is not the macro ${opening}.`;
    return [{ path, line: first.line, message, fix: `Begin with \`1. {!${opening}.md!}\`.` }];
  }
  if (!stream || (second && setUp.test(second.text))) return [];
  const message = "The second step is not a macro that makes the bot.";
  const bots = [...macros].filter((name) => /^create-.*(bot|webhook)/.test(name)).sort();
  const fix = `Go on with a macro such as \`1. {!${bots.at(-1) ?? opening}.md!}\`.`;
  return [{ path, line: second?.line ?? first.line, message, fix }];
}
