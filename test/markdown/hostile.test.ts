import { describe, expect, it } from "vitest";
import { renderMarkdown } from "../../src/markdown/index.ts";
import { soak } from "../support/soak.ts";
import { tagsOf } from "./html.ts";

const LENGTH = soak ? 100_000 : 12_000;

/** What is repeated up to the full length; each aims at one pattern or processor. */
const REPEATED = [
  ...[
    "*",
    "**a",
    "*a*",
    "***a***",
    "~~a",
    "_ ",
    "[",
    "](",
    "[](a)",
    "[](",
    '[x]("',
    "(",
    "`",
    "`a",
  ],
  ...["``a`", ">", ">\n", "> a\n", ">a\n\n", "# a\n", "#", "- ", "- * + ", "---\n", "---\na#\n"],
  ...[
    "1. ",
    "  1. a\n",
    "    a\n",
    "\n",
    "a\n",
    "\t",
    "|",
    "|`",
    "a|b\n--|--\n",
    "<time:",
    "&amp;",
  ],
  ...[
    ":",
    "::a:",
    "@**",
    "@*a*",
    "#**a>b**",
    "$$",
    "$$a",
    "http://",
    "http://a.com/(",
    "a.b",
    "a@",
  ],
  ...[
    "'a.com",
    "\\",
    "\\\\`",
    "```\n",
    "```quote\n",
    "```spoiler x\n",
    "~~~a",
    "* > ",
    "💩",
    "\u0002",
  ],
];

/** Inputs that need a shape of their own. */
const SHAPED: Readonly<Record<string, string>> = {
  "hashes before a letter": `# ${"#".repeat(LENGTH)}x`,
  "a rule that is none": `${"-".repeat(LENGTH)}x`,
  "a fence that is none": `\`\`\`${"a".repeat(LENGTH)}~`,
  "many spaces": `a${" ".repeat(LENGTH)}b`,
  "ever deeper items": Array.from({ length: 400 }, (_, n) => `${" ".repeat(n)}* a`).join("\n"),
  "runs of backticks": Array.from({ length: 400 }, (_, n) => "`".repeat(n + 1)).join("a"),
  "links before a quote": `${"[](".repeat(LENGTH / 3)}'`,
};

describe("hostile input ends, and ends well-formed", () => {
  it.each(REPEATED)("%j repeated", (piece) => {
    const markdown = piece.repeat(Math.ceil(LENGTH / piece.length)).slice(0, LENGTH);
    expect(() => tagsOf(renderMarkdown(markdown))).not.toThrow();
  });

  it.each(Object.entries(SHAPED))("%s", (_name, markdown) => {
    expect(() => tagsOf(renderMarkdown(markdown))).not.toThrow();
  });
});
