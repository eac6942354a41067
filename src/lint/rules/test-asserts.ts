/** A test that does not run, or compares nothing, is worse than none: it is counted on. */

import { stringValue } from "../../python/expression.ts";
import { callsIn } from "../../python/module.ts";
import type { FunctionDefinition, PythonModule } from "../../python/syntax.ts";
import { libraryText, libraryWords } from "../library.ts";
import type { Finding, Rule } from "../rule.ts";
import { type LintTarget, placeOf } from "../target.ts";
import type { TestClass } from "../test-classes.ts";
import { COMPARES_NOTHING, idleTests } from "../test-effects.ts";
import { vainAssertions } from "../vain-assertions.ts";

export const testAsserts: Rule = {
  id: "test-asserts",
  part: "tests",
  severity: "warning",
  summary: "Every test runs, and compares something.",
  why: "A method without the prefix `test`, a skipped test, and a test that compares nothing or only constants pass whatever the view does, and so does `assertTrue(expected, actual)`, which looks at the first value only. A patch of a library function that the view has imported by name does not replace anything either.",
  howToFix: "Make the test run, and compare the message that is sent, as `check_webhook` does.",
  needsEntry: false,
  check(target) {
    const tests = target.tests();
    if (!tests) return [];
    const { module, path } = tests;
    const vain = tests.classes.flatMap(({ definition }) =>
      definition.methods.map((method) => ({ method, found: vainAssertions(module, method) })),
    );
    const isExplained = new Set(vain.flatMap(({ method, found }) => (found[0] ? method : [])));
    const idle = tests.classes.flatMap((testClass) =>
      idleTests(module, testClass)
        .filter(({ method, why }) => why !== COMPARES_NOTHING || !isExplained.has(method))
        .map((one) => ({ ...one, testClass })),
    );
    return [
      ...idle.map(({ method, why, testClass }) => ({
        path,
        ...placeOf(module, method.node.from),
        message: `\`${method.name}\` ${why}.`,
        fix: fixOf(testClass, method, why),
      })),
      ...vain.flatMap(({ found }) =>
        found.map(({ from, called }) => vainFinding(path, module, from, called)),
      ),
      ...vainPatches(target, path, module),
    ];
  },
};

function vainFinding(path: string, module: PythonModule, from: number, called: string): Finding {
  return {
    path,
    ...placeOf(module, from),
    message: `\`${called}\` looks at the first value only; the second is the text that is shown when it fails.`,
    fix:
      called === "assert" ? "Compare them with `==`." : "Compare them with `self.assertEqual(…)`.",
  };
}

function fixOf(testClass: TestClass, method: FunctionDefinition, why: string): string {
  if (hasLaterTwin(testClass, method)) return "Give one of the two another name.";
  if (why.startsWith("does the same")) return "Send what its name says, or remove it.";
  return "Let it run, and compare the message that is sent.";
}

/** Whether Python forgets the method, because a later one of the class has its name. */
function hasLaterTwin({ definition }: TestClass, method: FunctionDefinition): boolean {
  return definition.methods.findLast(({ name }) => name === method.name) !== method;
}

/** Patches of names that are not there, or that nobody looks up where they are patched. */
function vainPatches(target: LintTarget, path: string, module: PythonModule): Finding[] {
  const patches = [
    ...callsIn(module.text, module.root),
    ...module.classes.flatMap(({ methods }) =>
      methods.flatMap(({ decorators }) => decorators.map((one) => ({ ...one, callee: one.name }))),
    ),
  ].filter(({ callee }) => /(^|\.)patch$/.test(callee));
  return patches.flatMap(({ args, from }) => {
    const [, source = "", name = ""] =
      /^(zerver\.[\w.]+)\.(\w+)$/.exec(stringValue(args[0]?.value) ?? "") ?? [];
    const words = source === "" ? undefined : libraryWords(target, source);
    if (!words) return [];
    const place = { path, ...placeOf(module, from) };
    if (!words.has(name)) {
      return [
        {
          ...place,
          message: `\`${source}\` has no \`${name}\` to replace.`,
          fix: "Patch a name that is there.",
        },
      ];
    }
    const text = libraryText(target, source) ?? "";
    const view = target.view();
    const taken = view?.imports.some(
      (one) => one.module === source && one.name === name && one.alias === name,
    );
    // In its own module it is only defined, and the view has it by its own name.
    if (!taken || (text.match(new RegExp(`\\b${name}\\b`, "g"))?.length ?? 0) > 1) return [];
    const message = `This patch replaces nothing: the view has imported \`${name}\` before.`;
    return [{ ...place, message, fix: `Patch \`${target.integration.viewModule}.${name}\`.` }];
  });
}
