import { callsIn, stringsIn } from "../../python/module.ts";
import type { PythonModule } from "../../python/syntax.ts";
import { argumentOf } from "../fixture-uses.ts";
import type { Rule } from "../rule.ts";
import { type LintTarget, placeOf } from "../target.ts";

/** Connect cuts a topic to this many characters, the dots at its end included. */
const MAX_TOPIC_LENGTH = 60;

/** How a view shortens a topic itself: by Connect's own limit, or with the dots that it adds. */
const cutsItself =
  /MAX_TOPIC(?:_NAME)?_LENGTH|\btopic\w{0,20} = [^\n]{0,200}\[ ?:[^\n]{1,80}\.\.\./;

/** What the title of an issue or a pull request stands after. */
const NUMBERED = /(#|\b[A-Z][A-Z0-9]+-)\d+\b/;

export const topicLength: Rule = {
  id: "topic-length",
  part: "tests",
  severity: "hint",
  summary: "No test expects a truncated topic.",
  why: "A topic has room for 60 characters, and the truncated part may be the one that distinguishes two topics. A title after a number such as `#12` may be truncated, because the number identifies the topic. A view that shortens its topics itself does so on purpose. The rule reports the first topic in a file.",
  howToFix: "Shorten the text before it, or leave the longest part out of the topic.",
  needsEntry: false,
  check(target) {
    const tests = target.tests();
    if (!tests || target.files.viewFiles.some((path) => cutsItself.test(target.text(path) ?? "")))
      return [];
    const { module, path } = tests;
    const given = topicsGiven(target, module);
    const cuts = stringsIn(module.text, module.root).filter(({ value, from }) => {
      const cut =
        value !== undefined &&
        value.length >= MAX_TOPIC_LENGTH &&
        /(\.\.\.|…)$/.test(value) &&
        !NUMBERED.test(value);
      return (
        cut && value.length <= MAX_TOPIC_LENGTH + 2 && (given.has(from) || isTopic(module, from))
      );
    });
    const [first, ...others] = cuts;
    if (!first) return [];
    // The same line of the view makes them all.
    const fix =
      others.length === 0
        ? "Let the view make a shorter one."
        : `Let the view make shorter ones: ${cuts.length} topics of this file are cut off.`;
    return [{ path, ...placeOf(module, first.from), message: "The topic is cut off.", fix }];
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
