import { declaredEvents } from "../event-types.ts";
import type { Rule } from "../rule.ts";
import { placeOfClass } from "../target.ts";
import { findMethod, runsAlone, setsAttribute } from "../test-classes.ts";

export const testDirectory: Rule = {
  id: "test-directory",
  part: "tests",
  severity: "warning",
  summary:
    "If the view declares event types, its test class states its folder, even if it reads fixtures by itself.",
  why: "The test base uses the folder to find the view, and to check that every event type that a test triggers is declared.",
  howToFix: "Add the attribute to the class.",
  needsEntry: false,
  check(target) {
    const { directoryAttribute, directoryRequired } = target.checkout.dialect.tests;
    const tests = target.tests();
    if (!tests || !directoryAttribute || !directoryRequired) return [];
    if (declaredEvents(target) === undefined) return [];
    const without = tests.classes.filter(
      (entry) =>
        runsAlone(entry) &&
        !setsAttribute(tests.module, entry, directoryAttribute) &&
        // Without these the tests fail, which is `test-attributes`'s to say.
        (findMethod(entry, "get_body") || findMethod(entry, "get_payload")),
    );
    const line = `${directoryAttribute} = "${target.integration.directoryName}"`;
    return without.map(({ definition }) => ({
      path: tests.path,
      ...placeOfClass(tests.module, definition),
      message: `\`${definition.name}\` does not state \`${directoryAttribute}\`, so its event types are not checked.`,
      fix: `Add \`${line}\` to the class.`,
    }));
  },
};
