/**
 * What a tests file says about itself, as far as it can be known without running it: its webhook test classes,
 * and the fixtures they name. Whatever is built at run time is left out rather than guessed at.
 */
import { stringsIn } from "../python/module.ts";
import { findNodes } from "../python/source.ts";
import type { PythonModule } from "../python/syntax.ts";
import { type FixtureUse, nameParts, usesOf } from "./fixture-uses.ts";
import { type TestClass, toTestClass } from "./test-classes.ts";
import { idleTests } from "./test-effects.ts";

/** A parsed tests file. */
export interface TestFile {
  readonly path: string;
  readonly module: PythonModule;
  /** The classes that derive from `WebhookTestCase`, in source order. */
  readonly classes: readonly TestClass[];
  /** Every fixture name that is known for certain. */
  readonly uses: readonly FixtureUse[];
  /** The same by the class that they stand in. */
  readonly usesBy: ReadonlyMap<TestClass, readonly FixtureUse[]>;
  /** Every string of the file that could be a fixture's name, and the last part of every path. */
  readonly words: ReadonlySet<string>;
  /** For each f-string that could make a fixture's name the parts of it that are known: see `hasParts`. */
  readonly patterns: readonly (readonly string[])[];
  /** True when some fixture is named in a way that only running the tests would show, or in too many ways. */
  readonly hidden: boolean;
}

/** More classes than any tests file has: each is looked at together with what it inherits. */
export const MAX_CLASSES = 300;
/** More f-strings that make names of fixtures than any file has: each is held against each fixture. */
const MAX_PATTERNS = 500;

/** Reads a tests file. */
export function readTests(path: string, module: PythonModule): TestFile {
  const classes = module.classes.flatMap((definition) => toTestClass(module, definition) ?? []);
  const words = new Set<string>();
  const patterns = new Map<string, readonly string[]>();
  // A name in a test that never runs, or in a text that only stands there, sends nothing.
  const idle = classes.flatMap((one) => idleTests(module, one)).filter(({ dead }) => dead);
  const unread = [
    ...idle.map(({ method }) => method.node),
    ...(/^[ \t]*[rbuf]{0,2}["']/m.test(module.text)
      ? findNodes(module.root, "ExpressionStatement")
      : []
    ).filter(
      ({ firstChild }) => /String$/.test(firstChild?.name ?? "") && !firstChild?.nextSibling,
    ),
  ].sort((a, b) => a.from - b.from);
  let next = 0;
  for (const { value, from, to, formatted } of stringsIn(module.text, module.root)) {
    while ((unread[next]?.to ?? Number.POSITIVE_INFINITY) < to) next += 1;
    if ((unread[next]?.from ?? to) <= from) continue;
    const parts = formatted ? nameParts(module.text.slice(from, to)) : undefined;
    if (parts) patterns.set(JSON.stringify(parts), parts);
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
    usesBy: new Map(named.map(({ uses }, index) => [classes[index] as TestClass, uses])),
    words,
    patterns: [...patterns.values()].slice(0, MAX_PATTERNS),
    hidden: listing || patterns.size > MAX_PATTERNS || named.some(({ hidden }) => hidden),
  };
}
