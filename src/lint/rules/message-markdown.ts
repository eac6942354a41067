/** What an author writes around the values is Markdown, too: one sign too few, and the signs are shown instead. */
import { EMOJI_NAMES, emojiAdvice, emojiIn } from "../../checkout/index.ts";
import { type EmojiTable, unknownEmoji } from "../../markdown/index.ts";
import type { PythonModule } from "../../python/syntax.ts";
import { type MessageText, messageTexts } from "../message-texts.ts";
import type { Finding, Rule } from "../rule.ts";
import { type LintTarget, placeOf } from "../target.ts";
import { isTopic } from "../templates.ts";

/** What is wrong with a text, and where it is not its beginning. */
interface Flaw {
  readonly message: string;
  readonly fix: string;
  readonly from?: number;
}

export const messageMarkdown: Rule = {
  id: "message-markdown",
  part: "view",
  severity: "warning",
  summary:
    "The links, bold texts, quotes and emoji that the view writes are complete, and its messages name emoji that there are.",
  why: "If a bracket, an asterisk or a line break is missing, the message shows the signs instead of what they stand for, and the tests expect that just as well.",
  howToFix: "Correct the text in the view, and what the tests expect.",
  needsEntry: false,
  dialects: "The names of emoji are those of the tree's `tools/setup/emoji/emoji_names.py`.",
  check(target) {
    const emoji = emojiOf(target);
    const inView = target.files.viewFiles.flatMap((path) => {
      const module = target.session.module(path);
      return module ? flawsIn(path, module, emoji) : [];
    });
    return [...inView, ...(emoji ? emojiInTests(target, emoji) : [])];
  },
};

function emojiOf(target: LintTarget): EmojiTable | undefined {
  return target.session.once("emoji names", () => emojiIn(target.text(EMOJI_NAMES) ?? ""));
}

/**
 * Names that only the messages show, since the view puts them together or passes them on. Those that a text of the view
 * has are told there, and those of a payload are what somebody wrote.
 */
function emojiInTests(target: LintTarget, emoji: EmojiTable): Finding[] {
  const tests = target.tests();
  if (!tests) return [];
  const { module, path } = tests;
  const others = [...target.files.viewFiles, ...target.files.fixtures.map((one) => one.path)];
  const isElsewhere = (name: string): boolean =>
    others.some((other) => target.text(other)?.includes(`:${name}:`));
  const told = new Set<string>();
  return messageTexts(module).flatMap(({ text, from }) => {
    if (!text.includes(":") || isTopic(module.text, from)) return [];
    return unknownEmoji(text, emoji).flatMap((name) => {
      if (told.has(name) || isElsewhere(name)) return [];
      told.add(name);
      const message = `The message shows \`:${name}:\` as it is: Connect has no such emoji.`;
      return [{ path, ...placeOf(module, from), message, fix: emojiAdvice(name, emoji) }];
    });
  });
}

function flawsIn(path: string, module: PythonModule, emoji: EmojiTable | undefined): Finding[] {
  return messageTexts(module).flatMap((one) =>
    [
      ...linkFlaws(one),
      ...boldFlaws(one),
      ...fenceFlaws(one),
      ...jointFlaws(one),
      ...emojiFlaws(one, emoji),
    ].map(({ message, fix, from = one.from }) => ({
      path,
      ...placeOf(module, from),
      message,
      fix,
    })),
  );
}

/** Code is shown as it is. */
const withoutCode = (text: string): string => text.replaceAll(/`[^`\n]*`/g, "``");

function linkFlaws({ text }: MessageText): Flaw[] {
  const prose = withoutCode(text);
  const flaws: Flaw[] = [];
  if (/\]\((?:https?:|\{)[^()\s]*\s/.test(prose)) {
    flaws.push({ message: "The link is not closed.", fix: "Write `)` after its address." });
  }
  if (/\[[^\][\n]+\] +\(\{[^{}]*(?:url|link|href)[^{}]*\}\)/i.test(prose)) {
    flaws.push({
      message: "A blank separates the link's text from its address, so that there is no link.",
      fix: "Write `](` without a blank.",
    });
  }
  return flaws;
}

function boldFlaws({ text, whole }: MessageText): Flaw[] {
  const flaws = withoutCode(text)
    .split("\n")
    .flatMap((line) => boldFlaw(line, whole));
  return flaws.slice(0, 1);
}

function boldFlaw(line: string, whole: boolean): Flaw[] {
  const marks = [...line.matchAll(/(?<!\*)\*\*(?!\*)/g)].map(({ index }) => index);
  const within = marks.findIndex(
    (at, index) =>
      index % 2 === 1 && /\s/.test(line[at - 1] ?? "") && /\S/.test(line[at + 2] ?? ""),
  );
  if (within > 0 && marks.length > 3) {
    return [
      {
        message: "This bold text is within a bold text, and ends it.",
        fix: "Take the inner asterisks out.",
      },
    ];
  }
  if (!whole || marks.length % 2 === 0 || !line.includes("{")) return [];
  return [{ message: "The bold text is not closed.", fix: "Write `**` on both sides of it." }];
}

function fenceFlaws({ text, whole }: MessageText): Flaw[] {
  if (/[^\s>`~}][ \t]*(?:```|~~~)[ \t]*\w*\n/.test(text)) {
    return [
      {
        message: "The quote or block of code begins within a line, so that it is none.",
        fix: "Write a line break in front of it.",
      },
    ];
  }
  const fences = text.match(/^[ \t]*(?:```|~~~)/gm)?.length ?? 0;
  if (!whole || fences % 2 === 0 || !text.includes("{")) return [];
  return [
    {
      message: "The quote or block of code is not closed: all that follows belongs to it.",
      fix: "End it with a line of the same signs.",
    },
  ];
}

/** Two literals that follow each other are one text: nothing puts a blank between them. */
function jointFlaws({ text, joints }: MessageText): Flaw[] {
  if (!text.includes(" ")) return [];
  const flaws = joints.flatMap(({ before, after, from }): Flaw[] => {
    const last = before.split(/\s/).at(-1) ?? "";
    const [next = ""] = after.split(/\s/);
    if (last === "" || next === "" || /[/=&?#%_\\-]/.test(last + next)) return [];
    if (!/(?:[a-z]{2}|[.,:;!?)}])$/.test(last) || !/^(?:[a-zA-Z]{2}|\{|\[)/.test(next)) return [];
    if (/^\W*\{[^{}]*\}\W*$/.test(last) && /^\{/.test(next)) return [];
    return [
      {
        message: `No blank separates ${JSON.stringify(last.slice(-20))} from ${JSON.stringify(next.slice(0, 20))} in the next line.`,
        fix: "Write a blank at the end of the first text.",
        from,
      },
    ];
  });
  return flaws;
}

function emojiFlaws({ text }: MessageText, emoji: EmojiTable | undefined): Flaw[] {
  if (!emoji) return [];
  return unknownEmoji(text, emoji).map((name) => ({
    message: `There is no emoji \`:${name}:\`.`,
    fix: emojiAdvice(name, emoji),
  }));
}
