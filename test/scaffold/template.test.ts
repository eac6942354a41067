import { describe, expect, it } from "vitest";
import { BugError } from "../../src/errors.ts";
import { fillTemplate } from "../../src/scaffold/template.ts";

const values = { flags: {}, blocks: {}, words: {} };

describe("fillTemplate", () => {
  const template = "a\n# if one\nb\n# if two\nc\n# else\nd\n# endif\n# else\ne\n# endif\nf";

  it.each([
    [true, true, "a b c f"],
    [true, false, "a b d f"],
    [false, true, "a e f"],
  ])("keeps blocks by flags: %s, %s", (one, two, expected) => {
    const filled = fillTemplate(template, { ...values, flags: { one, two } });
    expect(filled.split("\n").join(" ")).toBe(expected);
  });

  it("puts text in the place of an example, as it is", () => {
    const blocks = { "the body": "    # if\n    WORD $& {x}" };
    const filled = fillTemplate("x\n    # insert the body\n    example\n    # end\ny", {
      ...values,
      blocks,
      words: { WORD: "never" },
    });
    expect(filled).toBe("x\n    # if\n    WORD $& {x}\ny");
  });

  it("reads the marks of Markdown", () => {
    const flags = { one: false };
    expect(fillTemplate("<!-- if one -->\na\n<!-- endif -->\nb", { ...values, flags })).toBe("b");
  });

  it("replaces words once, the longest first, and never looks into what it put in", () => {
    const words = { NAME: "CLASS_NAME $1", CLASS_NAME: "NAME" };
    expect(fillTemplate("NAME CLASS_NAMETests", { ...values, words })).toBe(
      "CLASS_NAME $1 NAMETests",
    );
  });

  it("does not let a template ask for what nobody gave", () => {
    expect(() => fillTemplate("# if one\n# endif", values)).toThrow(BugError);
    expect(() => fillTemplate("# insert one\n# end", values)).toThrow(BugError);
  });
});
