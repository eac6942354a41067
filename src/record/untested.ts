/** The fixtures of an integration that no test names. */
import { integrationFiles } from "../checkout/index.ts";
import type { Checkout, Fixture, Integration } from "../checkout/model.ts";
import { stringsIn } from "../python/module.ts";
import type { PythonModule } from "../python/syntax.ts";
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
  const plain = new Set<string>();
  const patterns = new Map<string, readonly string[]>();
  for (const { value, formatted, from, to } of stringsIn(module.text, module.root)) {
    if (value !== undefined) plain.add(value.split("/").at(-1) ?? value);
    else if (formatted) {
      const parts = fixedParts(module.text.slice(from, to));
      if (parts) patterns.set(JSON.stringify(parts), parts);
    }
  }
  return fixtures.filter(({ name, file }) => {
    if (plain.has(name) || plain.has(file)) return false;
    const can = (parts: readonly string[]): boolean =>
      hasParts(name, parts, 0) || hasParts(file, parts, 0);
    return ![...patterns.values()].some(can);
  });
}

/** The known parts of an f-string, where it has some text of its own and looks like a file's name. */
function fixedParts(literal: string): string[] | undefined {
  const [, body = ""] = /^[a-zA-Z]+["']([\w{}./-]*)["']$/.exec(literal) ?? [];
  const last = body.split("/").at(-1) ?? "";
  if (!/\w/.test(last.replace(/\{[^{}]*\}/g, ""))) return undefined;
  return last.split(/\{[^{}]*\}/);
}
