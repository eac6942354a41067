/** How wide texts are, and where their lines are broken at a terminal. */
import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { columns, fitted, widthOf, wrapped } from "../../src/ui/layout.ts";
import { createPaint, forConsole } from "../../src/ui/marks.ts";

const WIDTH = 60;

describe("the width of a text", () => {
  it.each([
    ["abc", 3],
    ["漢字", 4],
    ["한국어", 6],
    ["✅", 2],
    ["👨‍👩‍👧", 2],
    ["🇩🇪", 2],
    ["e\u0301", 1],
    ["a\u200bb", 2],
    [createPaint(true).red("abc"), 3],
  ])("%j is %d columns", (text, width) => expect(widthOf(text)).toBe(width));

  it("keeps columns in line", () => {
    const table = columns([
      ["漢字", "x"],
      ["✅ ok", "x"],
      ["plain text", "x"],
    ]);
    const places = table.split("\n").map((line) => widthOf(line.slice(0, line.lastIndexOf("x"))));
    expect(new Set(places).size).toBe(1);
  });

  it("bounds a line of progress", () => {
    expect(widthOf(fitted("漢".repeat(500), 40))).toBeLessThanOrEqual(40);
    expect(fitted("one\ntwo", 40)).toBe("one");
  });
});

describe("lines that are too long", () => {
  const words = "Lorem ipsum dolor sit amet consectetur adipiscing elit sed do eiusmod tempor";
  const lines = (text: string): string[] => forConsole(wrapped(text, WIDTH)).split("\n");

  it("are broken between words, below their beginning", () => {
    for (const text of [
      words,
      `✗ ${words}`,
      `    ${words}`,
      `漢字 ${words} 漢字漢字漢字漢字 ${words}`,
    ]) {
      const shown = lines(text);
      expect(shown.length).toBeGreaterThan(1);
      expect(Math.max(...shown.map(widthOf))).toBeLessThanOrEqual(WIDTH);
      expect(shown.map((line) => line.trim()).join(" ")).toBe(text.trim());
    }
    expect(lines(`✗ ${words}`)[1]).toMatch(/^ {2}\w/);
    const painted = lines(createPaint(true).red(words));
    expect(painted.length).toBeGreaterThan(1);
  });

  it("go on below their own column of a table", () => {
    const [, second] = lines(columns([["rule-name", words]]));
    expect(second).toMatch(/^ {11}\w/);
  });

  it("stay one command, where they are one", () => {
    const command = `  printf %s $(echo ${"word ".repeat(3)}) 'two words that belong together' ${"--option value ".repeat(5)}`;
    const text = command.replace("printf %s $(echo", "git rev-parse --sq-quote").replace(")", "");
    const shown = lines(text);
    expect(shown.length).toBeGreaterThan(1);
    const run = (script: string) => execFileSync("sh", ["-c", script], { encoding: "utf8" });
    expect(run(shown.join("\n"))).toBe(run(text));
  });

  it("keep a word that is longer than a line", () => {
    const path = `/${"long/".repeat(30)}`;
    expect(lines(`See ${path} there.`)).toContain(path.padStart(path.length));
  });
});
