/** The fixtures of an integration that no test names, and those that none sends. */
import { integrationFiles } from "../checkout/index.ts";
import type { Checkout, Fixture, Integration } from "../checkout/model.ts";
import { stringValue } from "../python/expression.ts";
import { callsIn, stringsIn } from "../python/module.ts";
import type { CallExpression, Located, PythonModule } from "../python/syntax.ts";
import { hasParts } from "../python/wildcard.ts";

/**
 * The fixtures whose names stand nowhere in the strings of `tests.py`. An f-string that could make the name counts.
 * @param module The parsed `tests.py`.
 */
export async function untestedFixtures(
  checkout: Checkout,
  integration: Integration,
  module: PythonModule,
): Promise<Fixture[]> {
  const { fixtures } = await integrationFiles(checkout, integration);
  return fixtures.filter(isUnnamedIn(module, () => true));
}

/**
 * The fixtures that no test sends: those that none names, what is only handed to `responses`, which answers requests of
 * the view with it, and files of another type than the tests read where there is one of that type beside them.
 * @param module The parsed `tests.py`.
 * @returns Their file names; none where the tests send no fixture that can be told, such as when they list the folder.
 */
export function unsentFixtures(fixtures: readonly Fixture[], module: PythonModule): Set<string> {
  const calls = callsIn(module.text, module.root);
  const answers = calls.filter(({ callee }) => callee.startsWith("responses."));
  const isAnswer = (one: Located): boolean => answers.some((call) => isWithin(one, call));
  const types = typesRead(calls.filter((call) => !isAnswer(call)));
  const isUnnamed = isUnnamedIn(module, (string) => !isAnswer(string));
  const isTwin = ({ file, name }: Fixture): boolean =>
    types !== undefined &&
    !types.has(typeOf(file)) &&
    fixtures.some((one) => one.name === name && types.has(typeOf(one.file)));
  const unsent = fixtures.filter((fixture) => isUnnamed(fixture) || isTwin(fixture));
  const isKnown = unsent.length < fixtures.length && !LISTS_FOLDERS.test(module.text);
  return new Set(isKnown ? unsent.map(({ file }) => file) : []);
}

const LISTS_FOLDERS = /\b(listdir|scandir|iterdir|i?glob)\(/;

const isWithin = (one: Located, { from, to }: Located): boolean => from <= one.from && one.to <= to;

const typeOf = (file: string): string => file.slice(file.lastIndexOf(".") + 1);

/** The types of the files that `webhook_fixture_data` is asked for; undefined where some call does not say it. */
function typesRead(calls: readonly CallExpression[]): ReadonlySet<string> | undefined {
  const reading = calls.filter(({ callee }) => callee === "self.webhook_fixture_data");
  const stated = reading.map(({ args }) => {
    const type = args.find(({ name }) => name === "file_type")?.value ?? args[2]?.value;
    return type && stringValue(type);
  });
  const known = stated.filter((type) => type !== undefined);
  return known.length > 0 && known.length === stated.length ? new Set(known) : undefined;
}

/** Whether no string that counts is a fixture's name. */
function isUnnamedIn(
  module: PythonModule,
  counts: (string: Located) => boolean,
): (fixture: Fixture) => boolean {
  const plain = new Set<string>();
  const patterns = new Map<string, readonly string[]>();
  for (const string of stringsIn(module.text, module.root)) {
    const { value, formatted, from, to } = string;
    if (!counts(string)) continue;
    if (value !== undefined) plain.add(value.split("/").at(-1) ?? value);
    else if (formatted) {
      const parts = fixedParts(module.text.slice(from, to));
      if (parts) patterns.set(JSON.stringify(parts), parts);
    }
  }
  return ({ name, file }) => {
    if (plain.has(name) || plain.has(file)) return false;
    const can = (parts: readonly string[]): boolean =>
      hasParts(name, parts, 0) || hasParts(file, parts, 0);
    return ![...patterns.values()].some(can);
  };
}

/** The known parts of an f-string, where it has some text of its own and looks like a file's name. */
function fixedParts(literal: string): string[] | undefined {
  const [, body = ""] = /^[a-zA-Z]+["']([\w{}./-]*)["']$/.exec(literal) ?? [];
  const last = body.split("/").at(-1) ?? "";
  if (!/\w/.test(last.replace(/\{[^{}]*\}/g, ""))) return undefined;
  return last.split(/\{[^{}]*\}/);
}
