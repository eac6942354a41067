import { callsIn, stringsIn } from "../../python/module.ts";
import type { PythonModule } from "../../python/syntax.ts";
import { argumentOf } from "../fixture-uses.ts";
import type { Rule } from "../rule.ts";
import { type LintTarget, placeOf } from "../target.ts";

/** Connect cuts a topic to this many characters, the dots at its end included. */
const MAX_TOPIC_LENGTH = 60;

/** What the title of an issue or a pull request stands after. */
const NUMBERED = /(#|\b[A-Z][A-Z0-9]+-)\d+\b/;

export const topicLength: Rule = {
  id: "topic-length",
  part: "tests",
  severity: "hint",
  summary: "No test expects a truncated topic.",
  why: "A topic has room for 60 characters, and the truncated part may be the one that distinguishes two topics. A title after a number such as `#12` may be truncated, because the number identifies the topic.",
  howToFix: "Shorten the text before it, or leave the longest part out of the topic.",
  needsEntry: false,
  check(target) {
    const tests = target.tests();
    if (!tests) return [];
    const { module, path } = tests;
    const given = topicsGiven(target, module);
    return stringsIn(module.text, module.root).flatMap(({ value, from }) => {
      const cut =
        value !== undefined &&
        value.length >= MAX_TOPIC_LENGTH &&
        /(\.\.\.|…)$/.test(value) &&
        !NUMBERED.test(value);
      if (
        !cut ||
        value.length > MAX_TOPIC_LENGTH + 2 ||
        !(given.has(from) || isTopic(module, from))
      )
        return [];
      return [
        {
          path,
          ...placeOf(module, from),
          message: "The topic is cut off.",
          fix: "Let the view make a shorter one.",
        },
      ];
    });
  },
};

/** Whether a text is the value of a variable or a parameter that is called a topic, or compared with one. */
function isTopic(module: PythonModule, from: number): boolean {
  const before = module.text.slice(Math.max(0, from - 160), from);
  return /topic\w*(?:\(\))? *(?::[^=\n]*)?[=,]\s*(?:\(\s*)?$/i.test(before);
}

/** Where the texts begin that stand in the topic's place of a call. */
function topicsGiven(target: LintTarget, module: PythonModule): ReadonlySet<number | undefined> {
  const { topicParameter, checkMethod } = target.checkout.dialect.tests;
  return new Set(
    callsIn(module.text, module.root)
      .filter(({ callee }) => callee === `self.${checkMethod}`)
      .map((call) => argumentOf(call, 1, topicParameter)?.from),
  );
}
