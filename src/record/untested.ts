/** The fixtures of an integration that no test names. */
import { integrationFiles } from "../checkout/index.ts";
import type { Checkout, Fixture, Integration } from "../checkout/model.ts";
import { type PythonModule, stringsIn } from "../python/module.ts";

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
  const plain = new Set<string>();
  const patterns: RegExp[] = [];
  for (const { value, formatted, from, to } of stringsIn(module.text, module.root)) {
    if (value !== undefined) plain.add(value.split("/").at(-1) ?? value);
    else if (formatted) {
      const pattern = patternOf(module.text.slice(from, to));
      if (pattern) patterns.push(pattern);
    }
  }
  return fixtures.filter(({ name, file }) => {
    if (plain.has(name) || plain.has(file)) return false;
    return !patterns.some((pattern) => pattern.test(name) || pattern.test(file));
  });
}

/** What an f-string can make, where it has some text of its own and looks like a file's name. */
function patternOf(literal: string): RegExp | undefined {
  const [, body = ""] = /^[a-zA-Z]+["']([\w{}./-]*)["']$/.exec(literal) ?? [];
  const last = body.split("/").at(-1) ?? "";
  if (!/\w/.test(last.replace(/\{[^{}]*\}/g, ""))) return undefined;
  const parts = last.split(/\{[^{}]*\}/).map((part) => part.replace(/[.{}-]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`);
}
