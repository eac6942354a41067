import { libraryText } from "../library.ts";
import type { Rule } from "../rule.ts";
import { placeOf } from "../target.ts";

export const testOverride: Rule = {
  id: "test-override",
  part: "tests",
  severity: "error",
  summary: "Methods that replace one of the test base are marked with `@override`.",
  why: "The tree's type checker refuses a test class without the mark: when the base's method is renamed, it is what tells the two apart.",
  howToFix:
    "Write `@override` above the method, and import it from `typing_extensions` as the other tests do.",
  needsEntry: false,
  dialects: 'Only in trees whose settings for mypy have "explicit-override".',
  check(target) {
    const tests = target.tests();
    if (!tests || !target.text("pyproject.toml")?.includes('"explicit-override"')) return [];
    const base = libraryText(target, "zerver.lib.test_classes") ?? "";
    return tests.classes.flatMap(({ definition, complete }) =>
      definition.methods
        .filter(
          ({ name, decorators }) =>
            complete &&
            !/^(test|__)/.test(name) &&
            !decorators.some((one) => /(^|\.)override$/.test(one.name)) &&
            new RegExp(`^    def ${name}\\(`, "m").test(base),
        )
        .map(({ name, node }) => ({
          path: tests.path,
          ...placeOf(tests.module, node.from),
          message: `\`${name}\` replaces the test base's method, and is not marked so.`,
          fix: "Write `@override` above it.",
        })),
    );
  },
};
