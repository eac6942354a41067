/** What is written to the console: our own marks are drawn, and nothing else steers. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { columns } from "../../src/ui/layout.ts";
import { createPaint, forConsole, link, workflowCommand } from "../../src/ui/marks.ts";
import { defused, jsonText, printableLine } from "../../src/ui/steering.ts";
import { commands, HOSTILE, steering } from "./hostile.ts";

const paint = createPaint(true);

describe("a stranger's text", () => {
  it.each(Object.entries(HOSTILE))("with %s is printed harmless", (_what, text) => {
    const places: [string, string][] = [
      ["alone", text],
      ["painted", paint.red(text)],
      ["painted within", paint.dim(`a ${paint.bold(text)}\n${text}`)],
      ["after a mark", `${paint.green("✓")} ${text}`],
      ["in a link", link("https://example.com/", text)],
      ["as an address", link(text, "x")],
      [
        "in a table",
        columns([
          ["a", text],
          [paint.bold(text), "b"],
        ]),
      ],
      ["in one line", printableLine(text)],
      ["as JSON", jsonText({ [text]: [text] })],
    ];
    for (const [place, marked] of places) {
      const printed = forConsole(marked);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: links begin with the escape character
      const rest = printed.replace(/\u001b\]8;;[!-~]*\u001b\\/g, "");
      expect([place, steering(rest), commands(printed)]).toEqual([place, [], []]);
    }
  });

  it.each(Object.entries(HOSTILE))("with %s stays in the annotation it is in", (_what, text) => {
    const printed = forConsole(workflowCommand("error", { file: text, title: text }, text));
    expect(steering(printed)).toEqual([]);
    expect(commands(printed)).toHaveLength(1);
    expect(printed).toMatch(/^::error file=[^:,\n]*,title=[^:,\n]*::[^\n]*$/);
  });

  it.each(
    Object.entries(HOSTILE),
  )("with %s is the same again when its JSON is read", (_what, text) => {
    const value = { [text]: [text, { text }] };
    expect(JSON.parse(forConsole(jsonText(value)))).toEqual(value);
  });

  it("is harmless whatever it is made of", () => {
    const piece = fc.constantFrom(
      ...[
        "\u001b",
        "[",
        "31m",
        "]",
        ":",
        "::",
        "#",
        "##[",
        "vso[",
        "\n",
        "\r",
        " ",
        "\t",
        "\u200b",
      ],
      ...["\u009b", "\u0085", "\u2028", "\ufeff", "\u202e", "\ue000", "\ue001", "+red", "-", "a"],
    );
    const text = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(""));
    fc.assert(
      fc.property(text, text, (one, other) => {
        const printed = forConsole(`${one}${paint.red(other)}${one}`);
        expect([steering(printed), commands(printed)]).toEqual([[], []]);
      }),
      { numRuns: 2000 },
    );
  });

  it("that is harmless stays as it is", () => {
    const plain = "a::b [::2] C# #1 ## Title\n\tif x: 👩‍👩‍👧 שלום ::";
    expect(forConsole(plain)).toBe(plain);
    expect(defused(plain)).toBe(plain);
  });
});

describe("paint", () => {
  it("begins outer styles again, and ends all at the end of a line", () => {
    expect(forConsole(paint.red(`a${paint.green("b")}c`))).toBe(
      "\u001b[31ma\u001b[32mb\u001b[39m\u001b[31mc\u001b[39m",
    );
    expect(forConsole(paint.bold.red("a\nb"))).toBe(
      "\u001b[1m\u001b[31ma\u001b[39m\u001b[22m\n\u001b[1m\u001b[31mb\u001b[39m\u001b[22m",
    );
  });

  it("does nothing where colour is off", () => {
    expect(createPaint(false).red.bold("a")).toBe("a");
  });

  it("takes no columns", () => {
    expect(
      forConsole(
        columns([
          [paint.red("a"), "b"],
          ["cc", "d"],
        ]),
      ),
    ).toBe("\u001b[31ma\u001b[39m   b\ncc  d");
  });
});

describe("a long text", () => {
  it("in one line is cut, and says so", () => {
    expect(printableLine("a".repeat(5000))).toBe(`${"a".repeat(1000)}…`);
  });

  it("of many ends of lines, blanks or hashes takes time in proportion", () => {
    // A search that went back would take minutes for these.
    for (const piece of ["\n", " ", ":", "#", "\u200d", "\n ", "#\u200d", ":\u200d", "\u001b"]) {
      expect(forConsole(paint.red(piece.repeat(300_000))).length).toBeGreaterThan(300_000);
    }
  });
});
