/** The webhook test classes of a tests file. */

import { callsIn } from "../python/module.ts";
import type {
  ClassDefinition,
  Expression,
  FunctionDefinition,
  ImportedName,
  PythonModule,
} from "../python/syntax.ts";

/** A class that derives from `WebhookTestCase`, maybe through others of the file. */
export interface TestClass {
  readonly definition: ClassDefinition;
  /** The class and its ancestors in this file, nearest first. */
  readonly lineage: readonly ClassDefinition[];
  /** False when an ancestor is imported from another module than the test base. */
  readonly complete: boolean;
}

const testBase = "WebhookTestCase";

/** More ancestors than a class of any tree has; of one with more not all is known. */
const MAX_ANCESTORS = 50;

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
  const { classes, imports } = namesOf(module);
  const lineage = new Set<ClassDefinition>();
  let reachesBase = false;
  let complete = true;
  const visit = (current: ClassDefinition): void => {
    if (lineage.has(current)) return;
    if (lineage.size > MAX_ANCESTORS) {
      reachesBase = true;
      complete = false;
      return;
    }
    lineage.add(current);
    for (const base of current.bases.map((name) => name.slice(name.lastIndexOf(".") + 1))) {
      const parent = classes.get(base);
      if (parent) visit(parent);
      else if ((imports.get(base)?.name ?? base) === testBase) reachesBase = true;
      // A base of the tree's own, or another integration's tests: it is taken for a webhook test.
      else if (imports.has(base) && !plainBases.has(base)) {
        reachesBase = true;
        complete = false;
      }
    }
  };
  visit(definition);
  return reachesBase ? { definition, lineage: [...lineage], complete } : undefined;
}

interface Names {
  readonly classes: ReadonlyMap<string, ClassDefinition>;
  /** By what they are called in the module. */
  readonly imports: ReadonlyMap<string, ImportedName>;
}

const knownNames = new WeakMap<PythonModule, Names>();

/** The classes and imports of a module by name; of two of one name the first. */
function namesOf(module: PythonModule): Names {
  const known = knownNames.get(module);
  if (known) return known;
  const names = {
    classes: new Map(module.classes.toReversed().map((one) => [one.name, one])),
    imports: new Map(module.imports.toReversed().map((one) => [one.alias, one])),
  };
  knownNames.set(module, names);
  return names;
}

interface Members {
  readonly methods: ReadonlyMap<string, FunctionDefinition>;
  readonly attributes: ReadonlyMap<string, Expression>;
}

const knownMembers = new WeakMap<TestClass, Members>();

/** What a class has, its own before what it inherits. */
function membersOf(testClass: TestClass): Members {
  const known = knownMembers.get(testClass);
  if (known) return known;
  const { lineage } = testClass;
  const methods = lineage.flatMap((one) => one.methods);
  const attributes = lineage.flatMap((one) => one.attributes);
  const members = {
    methods: new Map(methods.reverse().map((method) => [method.name, method])),
    attributes: new Map(
      attributes.reverse().flatMap(({ target, value }) => (value ? [[target, value]] : [])),
    ),
  };
  knownMembers.set(testClass, members);
  return members;
}

/** A method as the class sees it: its own, else the nearest ancestor's in this file. */
export function findMethod(testClass: TestClass, name: string): FunctionDefinition | undefined {
  return membersOf(testClass).methods.get(name);
}

/** The methods that the test runner runs, inherited ones of this file included. */
export function testMethods(testClass: TestClass): FunctionDefinition[] {
  return testClass.lineage
    .flatMap(({ methods }) => methods)
    .filter(({ name }) => name.startsWith("test"));
}

/** A class attribute's value, if it is stated in this file. */
export function attributeOf(testClass: TestClass, name: string): Expression | undefined {
  return membersOf(testClass).attributes.get(name);
}

/** Whether a class is run as it stands here: it has tests, and all its code is in this file. */
export function runsAlone(testClass: TestClass): boolean {
  return testClass.complete && testMethods(testClass).length > 0;
}

const knownHits = new WeakMap<ClassDefinition, Map<string, boolean>>();

/** Whether the source of a class, or of an ancestor in this file, has something. */
export function sourceHas(module: PythonModule, { lineage }: TestClass, pattern: RegExp): boolean {
  return lineage.some((definition) => {
    const hits = knownHits.get(definition) ?? new Map<string, boolean>();
    knownHits.set(definition, hits);
    const hit =
      hits.get(pattern.source) ?? pattern.test(module.text.slice(definition.from, definition.to));
    hits.set(pattern.source, hit);
    return hit;
  });
}

/** Whether a class states an attribute, or sets it while it runs. */
export function setsAttribute(module: PythonModule, testClass: TestClass, name: string): boolean {
  if (attributeOf(testClass, name)) return true;
  return sourceHas(module, testClass, new RegExp(`\\b(self|cls)\\.${name}\\s*=[^=]`));
}

/** Whether a test says that what it does must fail: it expects an exception or an error response. */
export function expectsFailure(module: PythonModule, method: FunctionDefinition): boolean {
  return callsIn(module.text, method.node).some(({ callee }) =>
    /\.(assertRaises|assertRaisesRegex|assert_json_error|assert_json_error_contains)$/.test(callee),
  );
}
