import { callsIn } from "../../python/module.ts";
import { allPages, haveMostly, isCustom } from "../all-pages.ts";
import { type DocPage, type DocStep, readDoc } from "../doc-page.ts";
import { meantMacro, saysUrl, urlMakers } from "../meant-macros.ts";
import { type Finding, type Rule, textRepair } from "../rule.ts";
import type { LintTarget } from "../target.ts";

export const docSteps: Rule = {
  id: "doc-steps",
  part: "documentation",
  severity: "warning",
  summary: "The instructions are numbered steps that begin with creating the bot and its URL.",
  why: "Every integration starts the same way, so readers who set up a second one know what to do.",
  howToFix: "Begin with the tree's macros for these steps, and number every step `1.`.",
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
    const numbers = checkNumbers(path, page);
    const start = checkStart(target, page, first, second);
    // Where the steps begin otherwise, that is what is missing.
    return [
      ...numbers,
      ...start,
      ...(start.length > 0 ? [] : checkUrl(target, page, first)),
      ...checkChannel(target, page),
    ];
  },
};

const URL_MAKER = "generate-webhook-url-basic";
const includes = ({ macros }: DocPage, name: string): boolean =>
  macros.some(({ text }) => text === name);

/** Where the URL is made, the reader decides on the channel: where a tree's pages make it so, none says that twice. */
function checkChannel(target: LintTarget, page: DocPage): Finding[] {
  const channel = page.macros.find(({ text }) => text === "create-channel");
  if (!channel || !includes(page, URL_MAKER)) return [];
  // A tree began with pages that had both: only those with the same URL tell whether it still does.
  const alike = allPages(target).filter((one) => includes(one, URL_MAKER));
  if (!haveMostly(alike, (one) => !includes(one, "create-channel"))) return [];
  const message = `The step makes a channel, which is chosen where the URL is made: see ${URL_MAKER}.`;
  const path = target.integration.docFile;
  return [{ path, line: channel.line, message, fix: "Leave the step out." }];
}

function checkNumbers(path: string, { steps }: DocPage): Finding[] {
  const wrong = steps.find(({ number }) => number !== 1);
  if (!wrong) return [];
  const message = `The step is numbered ${wrong.number}, not 1.`;
  const fix = "Number every step `1.`; Markdown counts them.";
  const repair = textRepair(path, renumbered);
  return [{ path, line: wrong.line, message, fix, repair }];
}

/** A step that makes the URL, or says what it is. */
function checkUrl(target: LintTarget, page: DocPage, first: DocStep): Finding[] {
  const { macros } = target.checkout.dialect.docs;
  const makers = urlMakers(macros);
  const says = (one: DocPage): boolean => saysUrl(one, macros);
  // What has no picture either is set up in an app of the service's own.
  if (makers.length === 0 || target.integration.noScreenshot || says(page)) return [];
  if (!isCustom(allPages(target), says)) return [];
  const [usual = ""] = makers
    .filter((name) => /^(create-bot-construct-url|generate)/.test(name))
    .sort();
  return [
    {
      path: target.integration.docFile,
      line: first.line,
      message: "No step says which URL the service is given.",
      fix: `Write \`1. {!${usual}.md!}\` after the step that makes the bot.`,
    },
  ];
}

function renumbered(text: string): string {
  const numbered = new Set(readDoc(text).steps.map(({ line }) => line));
  return text
    .split("\n")
    .map((line, index) => (numbered.has(index + 1) ? line.replace(/(?<!\d)\d+\./, "1.") : line))
    .join("\n");
}

/** The macros that make a stream, a bot or its URL are called `create-…` in every tree. */
const setUp = /^\{!create-[^!]*!\}$/;

function checkStart(
  target: LintTarget,
  { lines }: DocPage,
  first: DocStep,
  second: DocStep | undefined,
): Finding[] {
  const { macros } = target.checkout.dialect.docs;
  const path = target.integration.docFile;
  // Where streams are made by a macro of their own, that comes first and the bot second.
  const stream = macros.has("create-stream");
  const opening = stream ? "create-stream" : "create-an-incoming-webhook";
  if (!macros.has(opening)) return [];
  if (usesChannel.test(lines[first.line - 1] ?? ""))
    return stream ? botStep(target, first, second) : [];
  const text = meantText(target, first);
  const begins = stream ? text === `{!${opening}.md!}` : setUp.test(text);
  // No stream is made for what nobody reads in one.
  if (!begins && stream && sendsOnlyDirectly(target)) return [];
  if (!begins) {
    const message = `The first step is not the macro ${opening}.`;
    return [{ path, line: first.line, message, fix: `Begin with \`1. {!${opening}.md!}\`.` }];
  }
  return stream ? botStep(target, first, second) : [];
}

/** Whether the view sends direct messages, and calls nothing that may send to a stream. */
function sendsOnlyDirectly(target: LintTarget): boolean {
  const senders = target.files.viewFiles.flatMap((path) => {
    const module = target.session.module(path);
    const calls = module ? callsIn(module.text, module.root) : [];
    return calls.map(({ callee }) => callee).filter((callee) => SENDER.test(callee));
  });
  return (
    senders.length > 0 && senders.every((callee) => /_send_(private|direct)_message$/.test(callee))
  );
}

/** The functions of `zerver/lib/webhooks/common.py` and of `zerver/actions/message_send.py`. */
const SENDER = /(?:^|\.)(?:check|do|internal)_send_\w*messages?\w*$/;

/** What a step says, with the macro that it means where it misspells one. */
function meantText({ checkout }: LintTarget, { text }: DocStep): string {
  const { macros } = checkout.dialect.docs;
  return text.replace(
    /^\{!([\w-]+)\.md!\}$/,
    (_, name: string) => `{!${meantMacro(name, macros)}.md!}`,
  );
}

/** A page may send to a channel that is there in every organization, as the example integration does. */
const usesChannel = /\buse the `[\w -]+` (stream|channel)\b/;

function botStep(target: LintTarget, first: DocStep, second: DocStep | undefined): Finding[] {
  const { macros } = target.checkout.dialect.docs;
  const path = target.integration.docFile;
  if (second && setUp.test(meantText(target, second))) return [];
  const message = "The second step is not a macro that makes the bot.";
  const bots = [...macros].filter((name) => /^create-.*(bot|webhook)/.test(name)).sort();
  const fix = `Go on with a macro such as \`1. {!${bots.at(-1) ?? "create-bot"}.md!}\`.`;
  return [{ path, line: second?.line ?? first.line, message, fix }];
}
