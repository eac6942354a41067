/** The tests that a tests.py states, read as text: what it does when it is loaded cannot hide them. */
import type { ClassDefinition, PythonModule } from "../python/syntax.ts";

/** Reading a file of more characters takes too long for what it tells. */
const LONGEST_FILE = 1_000_000;

/** A test by its class and the name of its method. */
export interface StatedTest {
  owner: string;
  name: string;
}

/**
 * The tests that a file states in classes of tests, and that Python did not find there.
 * @param source The text of tests.py.
 * @param found The names of the methods that Python found.
 */
export async function hiddenTests(
  source: string,
  found: ReadonlySet<string>,
): Promise<StatedTest[]> {
  if (source.length > LONGEST_FILE) return [];
  const methods = source.matchAll(/^[ \t]+(?:async[ \t]+)?def (test\w*)\(/gm);
  // Nearly always there is none, and the parser need not be loaded.
  if ([...methods].every(([, name = ""]) => found.has(name))) return [];
  const { parseModule } = await import("../python/parse-module.ts");
  return statedTests(parseModule(source)).filter(({ name }) => !found.has(name));
}

function statedTests(module: PythonModule): StatedTest[] {
  const classes = new Map(module.classes.map((definition) => [definition.name, definition]));
  return [...classes.values()]
    .filter((definition) => isTestCase(definition, classes))
    .flatMap(({ name: owner, methods, attributes }) => {
      const replaced = new Set(attributes.map(({ target }) => target));
      const names = new Set(methods.map(({ name }) => name));
      return [...names]
        .filter((name) => name.startsWith("test") && !replaced.has(name))
        .map((name) => ({ owner, name }));
    });
}

function isTestCase(
  { bases }: ClassDefinition,
  classes: ReadonlyMap<string, ClassDefinition>,
  seen = new Set<string>(),
): boolean {
  return bases.some((base) => {
    const known = classes.get(base);
    if (!known || seen.has(base)) return base.endsWith("TestCase");
    return isTestCase(known, classes, seen.add(base));
  });
}
