import type { Rule } from "../rule.ts";
import { placeOfClass } from "../target.ts";
import { testMethods } from "../test-classes.ts";

export const testClass: Rule = {
  id: "test-class",
  part: "tests",
  severity: "error",
  summary: "`tests.py` has a class derived from `WebhookTestCase`, with at least one test.",
  why: "Only such a class sends requests through the real code path, from URL to message.",
  howToFix: "Derive the class from `WebhookTestCase` and name its tests `test_…`.",
  needsEntry: false,
  check(target) {
    const tests = target.tests();
    if (!tests) return [];
    const { path, module, classes } = tests;
    if (module.problems.length > 0) return [];
    const [first] = classes;
    if (!first) {
      const message = "No class here derives from `WebhookTestCase`.";
      return [{ path, message, fix: "Derive the test class from `WebhookTestCase`." }];
    }
    // A class that inherits from another integration's tests has those.
    if (classes.some((entry) => !entry.complete || testMethods(entry).length > 0)) return [];
    const message = `\`${first.definition.name}\` has no tests.`;
    const fix = "Write a method whose name starts with `test_` for each fixture.";
    return [{ path, ...placeOfClass(module, first.definition), message, fix }];
  },
};
