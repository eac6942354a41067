/** What an author writes around the values is Markdown, too: one sign too few, and the signs are shown instead. */
import { EMOJI_NAMES, emojiAdvice, emojiIn } from "../../checkout/index.ts";
import { type EmojiTable, unknownEmoji } from "../../markdown/index.ts";
import type { PythonModule } from "../../python/syntax.ts";
import { type MessageText, messageTexts, offsetInModule } from "../message-texts.ts";
import type { Finding, Rule } from "../rule.ts";
import { type LintTarget, placeOf } from "../target.ts";
import { isTopic } from "../templates.ts";

/** What is wrong with a text, and where it is not its beginning. */
interface Flaw {
  readonly message: string;
  readonly fix: string;
  /** An offset in the module. */
  readonly from?: number;
  /** A place in the text. */
  readonly at?: number;
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
  return messageTexts(module).flatMap((one) => {
    const { text, from } = one;
    if (!text.includes(":") || isTopic(module.text, from)) return [];
    return unknownEmoji(text, emoji).flatMap((name) => {
      if (told.has(name) || isElsewhere(name)) return [];
      told.add(name);
      const message = `The message shows \`:${name}:\` as it is: Connect has no such emoji.`;
      const offset = offsetInModule(module, one, text.indexOf(`:${name}:`));
      return [{ path, ...placeOf(module, offset), message, fix: emojiAdvice(name, emoji) }];
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
    ].map(({ message, fix, at = 0, from = offsetInModule(module, one, at) }) => ({
      path,
      ...placeOf(module, from),
      message,
      fix,
    })),
  );
}

/** Code is shown as it is. */
const withoutCode = (text: string): string => text.replaceAll(/`[^`\n]*`/g, "``");

/** The beginning of a line of a text. */
function startOfLine(text: string, index: number): number {
  const before = text.split("\n").slice(0, index);
  return before.reduce((sum, line) => sum + line.length + 1, 0);
}

/** The beginning of the line of a text that a place of its prose is in: code has no line breaks. */
const lineStart = (text: string, prose: string, at: number): number =>
  startOfLine(text, prose.slice(0, at).split("\n").length - 1);

function linkFlaws({ text }: MessageText): Flaw[] {
  const prose = withoutCode(text);
  const flaws: Flaw[] = [];
  const open = prose.search(/\]\((?:https?:|\{)[^()\s]*\s/);
  if (open >= 0) {
    const at = lineStart(text, prose, open);
    flaws.push({ message: "The link is not closed.", fix: "Write `)` after its address.", at });
  }
  const apart = prose.search(/\[[^\][\n]+\] +\(\{[^{}]*(?:url|link|href)[^{}]*\}\)/i);
  if (apart >= 0) {
    flaws.push({
      at: lineStart(text, prose, apart),
      message: "A blank separates the link's text from its address, so that there is no link.",
      fix: "Write `](` without a blank.",
    });
  }
  return flaws;
}

function boldFlaws({ text, whole }: MessageText): Flaw[] {
  const flaws = withoutCode(text)
    .split("\n")
    .flatMap((line, index) =>
      boldFlaw(line, whole).map((flaw) => ({ ...flaw, at: startOfLine(text, index) })),
    );
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
  const within = text.search(/[^\s>`~}][ \t]*(?:```|~~~)[ \t]*\w*\n/);
  if (within >= 0) {
    return [
      {
        at: within,
        message: "The quote or block of code begins within a line, so that it is none.",
        fix: "Write a line break in front of it.",
      },
    ];
  }
  const fences = [...text.matchAll(/^[ \t]*(?:```|~~~)/gm)];
  if (!whole || fences.length % 2 === 0 || !text.includes("{")) return [];
  return [
    {
      at: fences.at(-1)?.index ?? 0,
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
    at: text.indexOf(`:${name}:`),
    message: `There is no emoji \`:${name}:\`.`,
    fix: emojiAdvice(name, emoji),
  }));
}
