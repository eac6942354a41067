/** What the fixtures of new payloads are called: as the integration calls its own. */
import { basename, join, posix, resolve } from "node:path";
import type { Checkout, Fixture, Integration } from "../../checkout/model.ts";
import { UserError } from "../../errors.ts";
import { realPath } from "../../host/files.ts";
import { type Payload, slugOf } from "../../payload/index.ts";
import { applyEdits } from "../../python/edit.ts";
import { tableOf } from "../../python/event-syntax.ts";
import { stringValue } from "../../python/expression.ts";
import { insertElement } from "../../python/splice.ts";
import { writeString } from "../../python/strings.ts";
import type { DictExpression, PythonModule } from "../../python/syntax.ts";

/** The fixture that a payload becomes, or is. */
export interface PlannedFixture {
  readonly file: string;
  readonly name: string;
  /** Relative to the root. */
  readonly path: string;
  /** Whether the payload that was named is the fixture itself. */
  readonly exists: boolean;
}

export interface NamingInput {
  readonly checkout: Checkout;
  readonly integration: Integration;
  readonly fixtures: readonly Fixture[];
  readonly cwd: string;
}

/** The fixture that a payload is already; undefined where it comes from elsewhere. */
export function ownFixture(
  { checkout: { root }, fixtures, cwd }: NamingInput,
  { source }: Payload,
): PlannedFixture | undefined {
  const path = realPath(resolve(cwd, source));
  const own = fixtures.find((one) => realPath(join(root, one.path)) === path);
  return own && { file: own.file, name: own.name, path: own.path, exists: true };
}

/**
 * Names that the fixture of a payload may have, the one that fits best first.
 * @param event What the event header says, where that is known.
 */
export function candidateNames(
  { fixtures }: NamingInput,
  { name }: Payload,
  event: string | undefined,
): string[] {
  const prefix = sharedPrefix(fixtures.map((one) => one.name));
  const own = name.startsWith(prefix) ? name : `${prefix}${name}`;
  const slug = event === undefined ? "" : slugOf(event);
  const parts = slug === "" ? [] : [slug, ...(/^[\w.-]+$/.test(event ?? "") ? [event ?? ""] : [])];
  const rest = own.replace(new RegExp(`^${slug}_*`), "");
  // Where the header is made of the name, the others' prefix is a part of their events, and so may be all of a name.
  const others = [
    name,
    ...parts.map((part) => (rest === "" ? part : `${part}__${rest}`)),
    ...parts,
  ].filter((one) => !fixtures.some((fixture) => fixture.name === one));
  return [...new Set([own, ...others])];
}

/** The view's own table of what the event header is for which fixture, where it has one. */
export interface HeaderTable {
  readonly path: string;
  readonly module: PythonModule;
  readonly table: DictExpression;
}

/** Finds the table that `new` writes where fixtures' names cannot hold the header's values. */
export function headerTableIn(path: string, module: PythonModule): HeaderTable | undefined {
  const table = tableOf(module, "FIXTURE_EVENTS");
  return table && { path, module, table };
}

/**
 * The text of a view whose table knows the header's value of one more fixture.
 * @param name The fixture's name.
 * @returns Undefined where the table has another value for what it looks up by.
 */
export function withHeaderValue(
  { module, table }: HeaderTable,
  name: string,
  value: string,
  lineLength: number,
): string | undefined {
  const byFirstPart = /fixture_name\.split\("__"\)\[0\]/.test(module.text);
  const key = byFirstPart ? (name.split("__")[0] ?? name) : name;
  if (table.elements.some((one) => stringValue(one.key) === key)) return undefined;
  const element = `${writeString(key)}: ${writeString(value)}`;
  const index = table.elements.length;
  return applyEdits(module.text, insertElement(module.text, table, index, element, lineLength));
}

/** What the names of all fixtures begin with, up to an underscore. */
function sharedPrefix(names: readonly string[]): string {
  const [first = ""] = names;
  const prefix = /^[^_]+_(?!_)/.exec(first)?.[0] ?? "";
  return names.length > 2 && names.every((name) => name.startsWith(prefix)) ? prefix : "";
}

/**
 * The fixture of a name.
 * @throws UserError `fixture-exists`.
 */
export function plannedFixture(
  { integration, fixtures }: NamingInput,
  { fixture, source }: Payload,
  name: string,
): PlannedFixture {
  const file = `${name}${posix.extname(fixture)}`;
  const path = `${integration.fixturesDirectory}/${file}`;
  if (fixtures.some((one) => one.name === name)) {
    throw new UserError(`${integration.name} has a fixture called ${name} already.`, {
      code: "fixture-exists",
      hint: `Rename ${basename(source)} after what is different in it, or name the fixture itself: --payload ${path}.`,
    });
  }
  return { file, name, path, exists: false };
}
