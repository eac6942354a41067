import { type DocPage, withoutSpans } from "../doc-page.ts";
import type { Finding, Rule } from "../rule.ts";
import type { LintTarget } from "../target.ts";

/** Habits that the documentation's style guide advises against. */
const habits: { pattern: RegExp; code?: boolean; message: string; fix: string }[] = [
  {
    // "Next to the list" is a place on the screen.
    pattern:
      /^\s{0,3}\d+\.\s+(next(?!\s+to\b)|first|firstly|then|now|finally|lastly|after that),?\s/i,
    message: "The step begins with its place among the others, which its number shows.",
    fix: "Begin with the verb.",
  },
  {
    pattern: /\bplease\b/i,
    message: "The page says please.",
    fix: "Say what to do; instructions need no more.",
  },
  {
    pattern: /\*\*[^*\n]+\?\*\*/,
    message: "The bold name ends with its question mark.",
    fix: "Leave the question mark out.",
  },
  {
    pattern: /\b(simply|just|easily)\s+(click|go|open|copy|paste|select|enter|add)\b/i,
    message: "The page tells readers how easy it is.",
    fix: "Leave that word out.",
  },
  {
    pattern: /\b(?:click|select|choose|press|toggle)(?: on)?(?: the)? ["“][^"”*]{1,40}["”]/i,
    message: "What is to be clicked is in quotes.",
    fix: "Write it in bold.",
  },
  {
    pattern: /\b(?:click|select|press|toggle)(?: on)?(?: the)? `[A-Z][\w ]{0,40}`/i,
    code: true,
    message: "What is to be clicked is written as code.",
    fix: "Write it in bold.",
  },
  {
    pattern:
      /\b(?:click|select)(?: on)?(?: the)? \*\*[^*]+\*\* (?:in|under) the \*\*[^*]+\*\* (?:section|menu|tab)\b/i,
    message: "The step says what to click before it says where that is.",
    fix: "Begin with the place: Under **place**, click **name**.",
  },
  {
    pattern: /^\s{0,3}\d+\.\s+you\s+(should|must|need|have|can|will)\b/i,
    message: "The step begins with the reader.",
    fix: "Begin with the verb.",
  },
  {
    pattern: /(?<!!)\[(?:click )?(?:here|this(?: link| page)?)\](?=[[(])/i,
    code: true,
    message: "The link's text does not say where it leads.",
    fix: "Make the name of the page the text.",
  },
  {
    pattern: /^[^`]*[\w)*] ,(?=\s|$)/,
    code: true,
    message: "A blank stands in front of a comma.",
    fix: "Remove it.",
  },
];

/**
 * What a step may end with: a full stop, also within bold text, or what cannot have one, such as a macro, a colon before
 * code or a link.
 */
const COMPLETE = /[^\p{L}\p{N}*`_]$|[.!?:…]["”’)\]]*[*_]+$/u;

export const docStyle: Rule = {
  id: "doc-style",
  part: "documentation",
  severity: "hint",
  summary: "The page follows the style guide: short, and in the imperative.",
  why: "Readers set up many integrations; consistent pages are quick to follow.",
  howToFix: "Follow the advice in the finding.",
  needsEntry: false,
  check(target) {
    const page = target.doc();
    if (!page) return [];
    const path = target.integration.docFile;
    return [...habitsIn(path, page), ...openSteps(path, page), ...oldWords(target, page)];
  },
};

/** Steps that end without a full stop. */
function openSteps(path: string, page: DocPage): Finding[] {
  return page.steps.flatMap(({ line }) => {
    const paragraph = page.lines.slice(line - 1);
    const end = paragraph.findIndex(
      (one, index) => index > 0 && /^\s*(?:$|[*+-] |\d+\. )/.test(one),
    );
    const next = paragraph[end] ?? "";
    const last = paragraph[(end < 0 ? paragraph.length : end) - 1]?.trim() ?? "";
    // A list goes on with the sentence.
    if (/^\s*[*+-] /.test(next) || COMPLETE.test(last)) return [];
    const at = line + (end < 0 ? paragraph.length : end) - 1;
    return [
      { path, line: at, message: "The step does not end with a full stop.", fix: "Write one." },
    ];
  });
}

/** Trees since 2024 call a stream a channel, on every page. */
function oldWords(target: LintTarget, page: DocPage): Finding[] {
  const { macros } = target.checkout.dialect.docs;
  if (!macros.has("create-channel") || macros.has("create-stream")) return [];
  const line = page.prose.findIndex((one) => {
    const prose = withoutSpans(one, [
      ["**", "**"],
      ["](", ")"],
    ]);
    // A name that goes on in the next line.
    if (one.split("**").length % 2 === 0) return false;
    return /(?<![\w/&?-])streams?(?![\w=/-])/i.test(prose) && !/\bvideo|\bdata stream/i.test(one);
  });
  if (line < 0) return [];
  const message = "The page says stream; this tree calls it channel.";
  return [{ path: target.integration.docFile, line: line + 1, message, fix: "Write channel." }];
}

function habitsIn(path: string, page: DocPage): Finding[] {
  const findings: Finding[] = [];
  for (const [index, line] of page.lines.entries()) {
    if (page.code.has(index + 1)) continue;
    const prose = withoutSpans(line, [
      ["`", "`"],
      ["](", ")"],
    ]);
    for (const { pattern, code, message, fix } of habits) {
      if (pattern.test(code ? line : prose)) findings.push({ path, line: index + 1, message, fix });
    }
  }
  return findings;
}
