import type { Rule } from "../rule.ts";
import { placeOfClass } from "../target.ts";

export const testClassName: Rule = {
  id: "test-class-name",
  part: "tests",
  severity: "hint",
  summary: "The test class is called `<Name>HookTests`.",
  why: "The test runner uses the name of the class to run the tests of one integration.",
  howToFix: "Rename the class.",
  needsEntry: false,
  check(target) {
    const tests = target.tests();
    const [first] = tests?.classes ?? [];
    if (!tests || !first) return [];
    if (tests.classes.some(({ definition }) => /HookTests$/i.test(definition.name))) return [];
    const { name } = first.definition;
    const stem = name.replace(/(WebHook|Webhook|Hook)?Tests?$/, "");
    return [
      {
        path: tests.path,
        ...placeOfClass(tests.module, first.definition),
        message: `The test class \`${name}\` is not named like the others.`,
        fix: `Call it \`${stem}HookTests\`.`,
      },
    ];
  },
};
