import { type DocPage, withoutSpans } from "../doc-page.ts";
import type { Finding, Rule } from "../rule.ts";

/** Habits that the documentation's style guide advises against. */
const habits: { pattern: RegExp; message: string; fix: string }[] = [
  {
    pattern: /^\s{0,3}\d+\.\s+(next|first|firstly|then|now|finally|lastly|after that),?\s/i,
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
];

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
    return page ? habitsIn(target.integration.docFile, page) : [];
  },
};

function habitsIn(path: string, page: DocPage): Finding[] {
  const findings: Finding[] = [];
  for (const [index, line] of page.lines.entries()) {
    if (page.code.has(index + 1)) continue;
    const prose = withoutSpans(line, [
      ["`", "`"],
      ["](", ")"],
    ]);
    for (const { pattern, message, fix } of habits) {
      if (pattern.test(prose)) findings.push({ path, line: index + 1, message, fix });
    }
  }
  return findings;
}
