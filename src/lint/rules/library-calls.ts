/** A call that does not fit the library's function fails when it is reached, often only with a rare event. */

import { nearestNames } from "../../checkout/index.ts";
import { callsIn } from "../../python/module.ts";
import { findNodes } from "../../python/source.ts";
import type { CallExpression, PythonModule } from "../../python/syntax.ts";
import { importsBelow } from "../imports.ts";
import { hasLibrary, misfit, signatureOf, testBaseWords, testMethodOf } from "../library.ts";
import type { Finding, Rule } from "../rule.ts";
import { type LintTarget, placeOf } from "../target.ts";
import { runsAlone } from "../test-classes.ts";

export const libraryCalls: Rule = {
  id: "library-calls",
  part: "view",
  severity: "error",
  summary: "Calls of the tree's functions and of its test base match their parameters.",
  why: "The names and positions of parameters differ between versions. A mismatched call fails only when it is executed, and for a rare event this first happens on the server.",
  howToFix: "Pass the arguments that this tree's function takes.",
  needsEntry: false,
  dialects:
    "Only in trees that contain the library for views. Functions whose parameters a decorator may change are not checked.",
  check(target) {
    if (!hasLibrary(target)) return [];
    const { viewFiles, testsFile } = target.files;
    return [
      ...viewFiles.flatMap((path) => importedCalls(target, path)),
      ...(testsFile ? [...importedCalls(target, testsFile), ...baseCalls(target, testsFile)] : []),
    ];
  },
};

/** Calls of what is imported from the tree, decorators included. */
function importedCalls(target: LintTarget, path: string): Finding[] {
  const module = target.session.module(path);
  if (!module) return [];
  const imported = new Map(importsBelow(module).map((one) => [one.alias, one]));
  const own = new Set([...module.functions, ...module.classes].map(({ name }) => name));
  const decorators = module.functions.flatMap((one) =>
    one.decorators.map(
      ({ name, args, from, to }): CallExpression => ({
        kind: "call",
        callee: name,
        args,
        from,
        to,
      }),
    ),
  );
  return [...decorators, ...callsOf(module), ...bareRaises(module)].flatMap((call) => {
    const source = own.has(call.callee) ? undefined : imported.get(call.callee);
    if (!source?.name || !source.module.startsWith("zerver.")) return [];
    // A decorator without brackets is no call.
    if (decorators.includes(call) && call.args.length === 0) return [];
    const signature = signatureOf(target, source.module, source.name);
    return finding(path, module, call, signature && misfit(call, signature));
  });
}

/** `raise Error` makes the error without a word, which is a call as well. */
function bareRaises(module: PythonModule): CallExpression[] {
  if (!/\braise [A-Z]\w*[ \t]*(?:#.*)?$/m.test(module.text)) return [];
  return findNodes(module.root, "RaiseStatement").flatMap(({ from, to }): CallExpression[] => {
    const [, callee] = /^raise ([A-Z]\w*)\s*$/.exec(module.text.slice(from, to)) ?? [];
    return callee === undefined ? [] : [{ kind: "call", callee, args: [], from, to }];
  });
}

/** Every call within a function or method: other rules have read those already. */
function callsOf(module: PythonModule): CallExpression[] {
  const methods = module.classes.flatMap((one) => one.methods);
  return [...module.functions, ...methods].flatMap(({ node }) => callsIn(module.text, node));
}

/** Calls of the test base's methods, where nothing else can be meant. */
function baseCalls(target: LintTarget, path: string): Finding[] {
  const tests = target.tests();
  if (!tests) return [];
  const { module } = tests;
  const words = testBaseWords(target);
  if (!words?.has("WebhookTestCase")) return [];
  return tests.classes.filter(runsAlone).flatMap((testClass) => {
    const own = new Set(
      testClass.lineage.flatMap(({ methods }) => methods.map(({ name }) => name)),
    );
    return testClass.definition.methods
      .flatMap(({ node }) => callsIn(module.text, node))
      .flatMap((call) => {
        const [, name = ""] = /^self\.(\w+)$/.exec(call.callee) ?? [];
        if (name === "" || own.has(name)) return [];
        if (words.has(name)) {
          const signature = testMethodOf(target, name);
          return finding(path, module, call, signature && misfit(call, signature));
        }
        // Other methods come from the classes that the test base derives from.
        if (!/^(assert_|check_|send_)/.test(name) || module.text.includes(`self.${name} =`))
          return [];
        const methods = [...words].filter((word) => /^(assert_|check_|send_)/.test(word));
        const [near] = nearestNames(name, methods, 1);
        return finding(
          path,
          module,
          call,
          `the test base has no \`${name}\`${near === undefined ? "" : ` (but \`${near}\`)`}`,
        );
      });
  });
}

function finding(
  path: string,
  module: PythonModule,
  call: CallExpression,
  what: string | undefined,
): Finding[] {
  if (what === undefined) return [];
  const message = `This call fails: ${what}.`;
  return [
    { path, ...placeOf(module, call.from), message, fix: "Give what this tree's function takes." },
  ];
}
