/** The tests that a tests.py states, read as text: what it does when it is loaded cannot hide them. */
/** A test by its class and the name of its method. */
export interface StatedTest {
  owner: string;
  name: string;
}

/** Where a class or a method of any name may begin. Python takes a backslash at a line's end for a blank. */
const STATEMENT = /^[ \t\f]*class[\s\\]+([^\s(:[\\]+)|\bdef[\s\\]+([^\s([\\]+)/gm;

/**
 * The tests that a file states in classes of tests, and that Python did not find there.
 * @param source The text of tests.py.
 * @param found What Python found, each as `Class.method`.
 */
export async function hiddenTests(
  source: string,
  found: ReadonlySet<string>,
): Promise<StatedTest[]> {
  const outline = readOutline(source);
  // Nearly always all is there, and the parser need not be loaded.
  if (outline.isPlain && outline.tests.every((test) => found.has(keyOf(test)))) return [];
  const [{ parseModule }, { hiddenIn }] = await Promise.all([
    import("../python/parse-module.ts"),
    import("./stated-classes.ts"),
  ]);
  const module = parseModule(source);
  // Too long to be parsed: then what looks like a test is one.
  if (!module.isRead) return outline.tests.filter((test) => !found.has(keyOf(test)));
  return hiddenIn(module, found);
}

const keyOf = ({ owner, name }: StatedTest): string => `${owner}.${name}`;

interface Outline {
  tests: StatedTest[];
  /** Whether each class is there once and with tests, and each of its tests once: then nothing is taken for another. */
  isPlain: boolean;
}

/** What the lines look like, wherever they stand. A method counts for the class above it. */
function readOutline(source: string): Outline {
  const tests = new Map<string, StatedTest>();
  const classes = new Map<string, number>();
  let owner = "";
  let isPlain = true;
  for (const [, definedClass, method] of source.matchAll(STATEMENT)) {
    if (definedClass !== undefined) {
      owner = identifier(definedClass);
      isPlain &&= !classes.has(owner);
      classes.set(owner, 0);
    } else if (method !== undefined && isTest(identifier(method))) {
      const test = { owner, name: identifier(method) };
      isPlain &&= !tests.has(keyOf(test));
      tests.set(keyOf(test), test);
      classes.set(owner, (classes.get(owner) ?? 0) + 1);
    }
  }
  return { tests: [...tests.values()], isPlain: isPlain && ![...classes.values()].includes(0) };
}

/** Python takes names for the same that Unicode calls compatible. */
export const identifier = (written: string): string => written.normalize("NFKC");
/** Whether unittest takes a method of this name for a test. */
export const isTest = (name: string): boolean => name.startsWith("test");
