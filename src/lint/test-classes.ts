/** The webhook test classes of a tests file. */
import type { Expression } from "../python/expression.ts";
import {
  type ClassDefinition,
  callsIn,
  type FunctionDefinition,
  type PythonModule,
} from "../python/module.ts";

/** A class that derives from `WebhookTestCase`, maybe through others of the file. */
export interface TestClass {
  readonly definition: ClassDefinition;
  /** The class and its ancestors in this file, nearest first. */
  readonly lineage: readonly ClassDefinition[];
  /** False when an ancestor is imported from another module than the test base. */
  readonly complete: boolean;
}

const testBase = "WebhookTestCase";

/** Test bases that know nothing of webhooks. */
const plainBases = new Set([
  "ZulipTestCase",
  "ZulipTransactionTestCase",
  "SimpleTestCase",
  "TestCase",
  "object",
]);

/** Reads a class; undefined when it is no webhook test. */
export function toTestClass(
  module: PythonModule,
  definition: ClassDefinition,
): TestClass | undefined {
  const lineage: ClassDefinition[] = [];
  let reachesBase = false;
  let complete = true;
  const visit = (current: ClassDefinition): void => {
    if (lineage.includes(current)) return;
    lineage.push(current);
    for (const base of current.bases.map((name) => name.slice(name.lastIndexOf(".") + 1))) {
      const parent = module.classes.find(({ name }) => name === base);
      if (parent) visit(parent);
      else if (originalName(module, base) === testBase) reachesBase = true;
      // A base of the tree's own, or another integration's tests: it is taken for a webhook test.
      else if (isImported(module, base) && !plainBases.has(base)) {
        reachesBase = true;
        complete = false;
      }
    }
  };
  visit(definition);
  return reachesBase ? { definition, lineage, complete } : undefined;
}

function originalName(module: PythonModule, name: string): string {
  return module.imports.find(({ alias }) => alias === name)?.name ?? name;
}

function isImported(module: PythonModule, name: string): boolean {
  return module.imports.some(({ alias }) => alias === name);
}

/** A method as the class sees it: its own, else the nearest ancestor's in this file. */
export function findMethod(testClass: TestClass, name: string): FunctionDefinition | undefined {
  return testClass.lineage.flatMap(({ methods }) => methods).find((method) => method.name === name);
}

/** The methods that the test runner runs, inherited ones of this file included. */
export function testMethods(testClass: TestClass): FunctionDefinition[] {
  return testClass.lineage
    .flatMap(({ methods }) => methods)
    .filter(({ name }) => name.startsWith("test"));
}

/** A class attribute's value, if it is stated in this file. */
export function attributeOf(testClass: TestClass, name: string): Expression | undefined {
  return testClass.lineage
    .flatMap(({ attributes }) => attributes)
    .find(({ target, value }) => target === name && value !== undefined)?.value;
}

/** Whether a class is run as it stands here: it has tests, and all its code is in this file. */
export function runsAlone(testClass: TestClass): boolean {
  return testClass.complete && testMethods(testClass).length > 0;
}

/** The source of a class and its ancestors in this file. */
export function textOf(module: PythonModule, { lineage }: TestClass): string {
  return lineage.map(({ from, to }) => module.text.slice(from, to)).join("\n");
}

/** Whether a class states an attribute, or sets it while it runs. */
export function setsAttribute(module: PythonModule, testClass: TestClass, name: string): boolean {
  if (attributeOf(testClass, name)) return true;
  return new RegExp(`\\b(self|cls)\\.${name}\\s*=[^=]`).test(textOf(module, testClass));
}

/** Whether a test says that what it does must fail: it expects an exception or an error response. */
export function expectsFailure(module: PythonModule, method: FunctionDefinition): boolean {
  return callsIn(module.text, method.node).some(({ callee }) =>
    /\.(assertRaises|assertRaisesRegex|assert_json_error|assert_json_error_contains)$/.test(callee),
  );
}
