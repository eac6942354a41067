/** Which expressions cut a text after values were put into its Markdown. */
import { expect, it } from "vitest";
import { cutTexts } from "../../src/lint/cut-texts.ts";
import { parseModule } from "../../src/python/parse-module.ts";

const cutsIn = (...lines: string[]): number =>
  cutTexts(parseModule(`T = "**{x}** did"\ndef f(x, y):\n    ${lines.join("\n    ")}\n`)).length;

it.each([
  ["an f-string", ['return f"**{x}**"[:100]']],
  ["a variable", ['body = f"[{x}]({y})"', "return body[:LIMIT]"]],
  ["a text from its beginning", ['body = "`{}`".format(x)', 'return body[0:50] + "..."']],
  ["with a function", ['text = (f"**{x}** "', '  "more")', "return textwrap.shorten(text, 100)"]],
  ["with a helper", ['return truncate(f"```quote\\n{x}\\n```", 20)']],
  ["a template of the module", ["body = T.format(x=x)", "return body[:10]"]],
  [
    "what was added to",
    ['body = ""', "for y in x:", '    body += f"* **{y}**"', "return body[:99]"],
  ],
])("finds %s", (_what, lines) => {
  expect(cutsIn(...lines)).toBe(1);
});

it.each([
  ["a value before it is put in", ['return f"**{x[:100]}**"']],
  ["an end that is known", ['body = f"**{x}**, "', "return body[:-2]"]],
  ["a comparison", ['body = f"**{x}**"', 'if body[:2] == "**":', "    return 1"]],
  ["a text without Markdown", ['text = f"{x}: y"', "return text[:60]"]],
  ["a text without values", ['return "**Hello**"[:4]']],
  ["a topic", ['return truncate_topic(f"**{x}**")']],
  ["what is cut before it is a text", ["x = x[:10]", 'x = f"**{x}**"', "return x"]],
])("leaves %s", (_what, lines) => {
  expect(cutsIn(...lines)).toBe(0);
});
