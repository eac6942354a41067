/** A review as a comment on a pull request: short Markdown, safe whatever the payloads say. */
import { percentOf } from "../engine/coverage-words.ts";
import { attentionOf } from "./attention.ts";
import { changesForUsers } from "./events.ts";
import { failingAlike } from "./failures.ts";
import type { IntegrationReview, MessageReview, Review } from "./model.ts";
import { diffTexts, shownAsText } from "./text-diff.ts";
import {
  countMessages,
  countProblems,
  failedBefore,
  headline,
  messagesInWords,
  plural,
} from "./totals.ts";

/** GitHub refuses comments from 65 536 characters on; some room is left for what a workflow adds. */
const LONGEST = 60_000;
const MOST_ITEMS = 20;

/** The comment. */
export function reviewSummary(review: Review): string {
  const { base, integrations, notes, unaffected } = review;
  const head = `### Webhook review: ${headline(review, ({ name }) => code(name))}\n\nCompared with ${code(base.commit.slice(0, 10))}.`;
  const parts = [head];
  if (integrations.length > 0) parts.push(table(integrations));
  parts.push(...attention(review));
  const forUsers = usersTable(integrations);
  if (forUsers !== undefined) parts.push(forUsers);
  if (notes.length > 0) parts.push(notes.map((note) => `- ${code(note)}`).join("\n"));
  if (unaffected.length > 0) {
    parts.push(
      `The change reaches ${unaffected.length} more; their messages and tests are as before.`,
    );
  }
  let text = parts.join("\n\n");
  let left = 0;
  for (const one of integrations) {
    for (const block of messageBlocks(one)) {
      if (text.length + block.length > LONGEST) left += 1;
      else text += `\n\n${block}`;
    }
  }
  if (left > 0) text += `\n\n${left} more in the page.`;
  return `${text}\n`;
}

function table(integrations: readonly IntegrationReview[]): string {
  const rows = integrations.map((one) => {
    const { name, status, messages, tests, coverage, formerName } = one;
    const was = formerName === undefined ? "" : ` from ${code(formerName)}`;
    const cells = [
      `${code(name)} ${status}${was}`,
      messagesInWords(countMessages(messages)),
      tests
        ? tests.failed > 0
          ? `**${tests.failed} failed** of ${tests.total}${failedBefore(tests)}`
          : `${tests.passed} passed`
        : "–",
      coverage ? `${percentOf(coverage)} %` : "–",
      checklistCell(one),
    ];
    return `| ${cells.join(" | ")} |`;
  });
  return [
    "| integration | messages | tests | coverage | checklist |",
    "|---|---|---|---|---|",
    ...rows,
  ].join("\n");
}

/** What users depend on that is called otherwise now, or gone. */
function usersTable(integrations: readonly IntegrationReview[]): string | undefined {
  const rows = integrations.flatMap((one) =>
    changesForUsers(one).map(({ what, before, after }) => {
      const now = after === undefined ? "gone" : code(after);
      return `| ${code(one.name)} ${what} | ${code(before)} | ${now} |`;
    }),
  );
  if (rows.length === 0) return undefined;
  return ["| for existing users | before | after |", "|---|---|---|", ...rows].join("\n");
}

function checklistCell(one: IntegrationReview): string {
  const { errors, warnings, hints, old } = countProblems(one);
  const parts = [
    ...(errors > 0 ? [`**${plural(errors, "error")}**`] : []),
    ...(warnings > 0 ? [plural(warnings, "warning")] : []),
    ...(hints > 0 ? [plural(hints, "hint")] : []),
    ...(old > 0 ? [`${old} old`] : []),
  ];
  if (one.checklist.length === 0) return "–";
  return parts.length === 0 ? "complete" : parts.join(", ");
}

function attention(review: Review): string[] {
  const items = attentionOf(review);
  if (items.length === 0) return [];
  const signs = { error: "❌", warning: "⚠️", info: "ℹ️" };
  const shown = items
    .slice(0, MOST_ITEMS)
    .map(({ level, integration, text }) => `- ${signs[level]} ${code(integration)} ${code(text)}`);
  const more = items.length - shown.length;
  return [[...shown, ...(more > 0 ? [`- ${more} more in the page`] : [])].join("\n")];
}

/** What fails as another fixture does is named with that one. */
function messageBlocks({ name, messages }: IntegrationReview): string[] {
  const alike = failingAlike(messages);
  const told = new Set(alike.flatMap(({ others }) => others));
  return messages
    .filter((message) => message.status !== "same" && !told.has(message))
    .map((message) => {
      const others = alike.find(({ first }) => first === message)?.others ?? [];
      return block(name, message, others.length);
    });
}

function block(
  name: string,
  { fixture, formerFixture, status, before, after }: MessageReview,
  others: number,
): string {
  const [old, now] = [before && shownAsText(before), after && shownAsText(after)];
  const isDiff = old !== undefined && now !== undefined;
  const text = isDiff
    ? diffTexts(old, now)
        .map(({ sign, pieces }) => sign + pieces.map((piece) => piece.text).join(""))
        .join("\n")
    : (now ?? old ?? "");
  const word = { added: "new", changed: "changed", removed: "gone", same: "" }[status];
  const from =
    formerFixture === undefined ? "" : `, renamed from <code>${escapeTags(formerFixture)}</code>`;
  const more =
    others === 0
      ? ""
      : `, and ${plural(others, "more fixture")} that ${others === 1 ? "fails" : "fail"} alike`;
  const title = `<details><summary><code>${escapeTags(`${name} ${fixture}`)}</code> ${word}${from}${more}</summary>`;
  return `${title}\n\n${fenced(text, isDiff ? "diff" : "")}\n\n</details>`;
}

/** A fence that is longer than any in the text. */
function fenced(text: string, language: string): string {
  const longest = Math.max(2, longestRun(text));
  const fence = "`".repeat(longest + 1);
  return `${fence}${language}\n${clean(text)}\n${fence}`;
}

/** How many backticks stand side by side at most. */
function longestRun(text: string): number {
  let longest = 0;
  for (const [run] of text.matchAll(/`+/g)) longest = Math.max(longest, run.length);
  return longest;
}

/** In a code span nothing is a mention, a link or a tag; in a table a pipe would still end the cell. */
export function code(text: string): string {
  const line = clean(text).replace(/\s+/g, " ").replaceAll("|", "¦");
  const longest = longestRun(line);
  const ticks = "`".repeat(longest + 1);
  return longest === 0 ? `${ticks}${line}${ticks}` : `${ticks} ${line} ${ticks}`;
}

const escapeTags = (text: string): string =>
  clean(text)
    .replace(/\s+/g, " ")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;");

/** Control characters, and those that turn the reading direction, have no place in a comment. */
function clean(text: string): string {
  return text.replace(/[^\P{Cc}\n\t]|[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, "�");
}
