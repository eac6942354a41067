/**
 * What a tests file says about itself, as far as it can be known without running it: its webhook test classes,
 * and the fixtures they name. Whatever is built at run time is left out rather than guessed at.
 */
import { type PythonModule, stringsIn } from "../python/module.ts";
import { type FixtureUse, namePattern, usesOf } from "./fixture-uses.ts";
import { type TestClass, toTestClass } from "./test-classes.ts";

/** A parsed tests file. */
export interface TestFile {
  readonly path: string;
  readonly module: PythonModule;
  /** The classes that derive from `WebhookTestCase`, in source order. */
  readonly classes: readonly TestClass[];
  /** Every fixture name that is known for certain. */
  readonly uses: readonly FixtureUse[];
  /** Every string of the file that could be a fixture's name, and the last part of every path. */
  readonly words: ReadonlySet<string>;
  /** One pattern for each f-string that could make a fixture's name. */
  readonly patterns: readonly RegExp[];
  /** True when some fixture is named in a way that only running the tests would show. */
  readonly hidden: boolean;
}

/** Reads a tests file. */
export function readTests(path: string, module: PythonModule): TestFile {
  const classes = module.classes.flatMap((definition) => toTestClass(module, definition) ?? []);
  const words = new Set<string>();
  const patterns: RegExp[] = [];
  for (const { value, from, to, formatted } of stringsIn(module.text, module.root)) {
    const pattern = formatted ? namePattern(module.text.slice(from, to)) : undefined;
    if (pattern) patterns.push(pattern);
    if (value === undefined) continue;
    words.add(value).add(value.slice(value.lastIndexOf("/") + 1));
  }
  const named = classes.map((testClass) => usesOf(module, testClass));
  const listing = /\b(listdir|scandir|iterdir|i?glob)\(/.test(module.text);
  return {
    path,
    module,
    classes,
    uses: named.flatMap(({ uses }) => uses),
    words,
    patterns,
    hidden: listing || named.some(({ hidden }) => hidden),
  };
}
