import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { renderMarkdown } from "../../src/markdown/index.ts";
import { decode } from "./html.ts";

/** The classes of a fence's tokens, each with its text. */
function tokens(lang: string, code: string): string[] {
  const html = renderMarkdown(`\`\`\`${lang}\n${code}\n\`\`\``);
  return [...html.matchAll(/<span class="([^"]*)">([^<]*)<\/span>/g)].map(
    ([, className, text]) => `${className} ${text}`,
  );
}

describe("highlighting", () => {
  it.each([
    ["python", "def f(self):", ["k def", "nf f", "p (", "bp self", "p ):"]],
    ["py", "raise ValueError('x')", ["k raise", "ne ValueError", "p (", "s1 'x'", "p )"]],
    ["py2", "print x", ["k print", "n x"]],
    ["json", '{"a": -1.5}', ["p {", 'nt "a"', "p :", "mf -1.5", "p }"]],
    ["js", "const a = this.b;", ["kd const", "nx a", "o =", "k this", "p .", "nx b", "p ;"]],
    ["go", "x := 1", ["nx x", "o :=", "mi 1"]],
    ["ruby", "puts :a # b", ["nb puts", "ss :a", "c1 # b"]],
    ["php", "<?php $a = 1;", ["o &lt;?", "nx php", "nv $a", "o =", "mi 1", "p ;"]],
    ["diff", "-a\n+b", ["gd -a", "gi +b"]],
    ["tex", "\\a{b} % c", ["k \\a", "nb {", "nb }", "c % c"]],
    ["js", "constructor", ["nx constructor"]],
    ["text", "def f", []],
    ["nolanguage", "def f", []],
  ])("%s: %s", (lang, code, expected) => {
    expect(tokens(lang, code)).toEqual(expected);
  });

  it("splits a token at line ends", () => {
    expect(tokens("js", "/* a\nb */")).toEqual(["cm /* a", "cm b */"]);
  });

  it("takes the language from a first line that names it", () => {
    expect(tokens("", "#!/usr/bin/python\nprint()")).toEqual([
      "ch #!/usr/bin/python",
      "nb print",
      "p ()",
    ]);
  });

  it.each([
    ["python3", "Python"],
    ["c++", "C++"],
    ["sh", "Bash"],
    ["nolanguage", "nolanguage"],
  ])("records the language %s as %s", (lang, name) => {
    expect(renderMarkdown(`\`\`\`${lang}\nx\n\`\`\``)).toContain(`data-code-language="${name}"`);
  });

  it("leaves very long code plain", () => {
    expect(tokens("python", "x = 1\n".repeat(5000))).toEqual([]);
  });

  it.each(
    "python py2 js ts ruby go java c cpp c# kotlin swift rust php sql json bash html css yaml ini diff docker tex text".split(
      " ",
    ),
  )("shows every character of %s code", (lang) => {
    const piece = fc.constantFrom(
      ...("abc1_²é💩 \n\\\"'`#$%&/*+-.:;<=>?@[]{}()|~^,!".match(/./gsu) ?? []),
      ...["/*", "*/", "//", '"""', "def ", "<b a=", "</b>", "${", "<?php ", "&amp;", "\\n", "0x1F"],
    );
    const code = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(""));
    fc.assert(
      fc.property(code, (text) => {
        // Spaces at line ends and blank lines around the code are dropped on purpose.
        const lines = text.split("\n").map((line) => line.trimEnd());
        const shown = lines.join("\n").replace(/^\n+|\n+$/g, "");
        const html = renderMarkdown(`~~~~~~~~${lang}\n${text}\n~~~~~~~~`);
        const inside = /<code>(.*)<\/code><\/pre><\/div>$/s.exec(html)?.[1] ?? "";
        expect(decode(inside.replace(/<[^<>]*>/g, ""))).toBe(`${shown}\n`);
      }),
      { numRuns: 200 },
    );
  });
});
