import { stringValue } from "../../python/expression.ts";
import { callsIn } from "../../python/module.ts";
import { argumentOf } from "../fixture-uses.ts";
import type { Rule } from "../rule.ts";
import { placeOf } from "../target.ts";

/** Connect cuts a topic to this many characters, the dots at its end included. */
const MAX_TOPIC_LENGTH = 60;

export const topicLength: Rule = {
  id: "topic-length",
  part: "tests",
  severity: "hint",
  summary: "No test shows a topic that was cut off.",
  why: "A topic has room for 60 characters; what distinguishes two of them may be in the part that is gone.",
  howToFix: "Shorten what the view puts before it, or leave the longest part out of the topic.",
  needsEntry: false,
  check(target) {
    const tests = target.tests();
    if (!tests) return [];
    const { topicParameter } = target.checkout.dialect.tests;
    return callsIn(tests.module.text, tests.module.root).flatMap((call) => {
      if (call.callee !== "self.check_webhook") return [];
      const argument = argumentOf(call, 1, topicParameter);
      const topic = stringValue(argument);
      if (!argument || topic === undefined) return [];
      const cut = topic.length >= MAX_TOPIC_LENGTH && /(\.\.\.|…)$/.test(topic);
      if (!cut) return [];
      return [
        {
          path: tests.path,
          ...placeOf(tests.module, argument.from),
          message: "The topic is cut off.",
          fix: "Let the view make a shorter one.",
        },
      ];
    });
  },
};
