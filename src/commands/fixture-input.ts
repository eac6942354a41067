/** What commands that deliver a fixture are told: which one, and with which headers. */
import { integrationFiles } from "../checkout/index.ts";
import type { Checkout, Fixture, Integration } from "../checkout/model.ts";
import { didYouMean } from "../checkout/names.ts";
import { UserError } from "../errors.ts";
import type { OptionSpec } from "./define.ts";

/** The option that adds headers to those that a fixture has by itself. */
export const headerOption = {
  value: "name:value",
  many: true,
  description: "also send this header",
  parse: parseHeader,
} as const satisfies OptionSpec;

function parseHeader(text: string): [name: string, value: string] {
  const colon = text.indexOf(":");
  const [name, value] = [text.slice(0, Math.max(0, colon)), text.slice(colon + 1)];
  if (canBeHeader(name, value)) return [name, value.trimStart()];
  throw new UserError(`'${text}' is not a header.`, {
    code: "bad-header",
    hint: 'Write it as --header "Name: value".',
  });
}

/** Whether HTTP has such a header. */
export function canBeHeader(name: string, value: string): boolean {
  return /^[!#$%&'*+.^_`|~\w-]+$/.test(name) && !/[\r\n]/.test(value);
}

/**
 * The file names of the fixtures that are meant.
 * @param all Whether every one is.
 * @throws UserError `unknown-fixture`.
 */
export async function chooseFixtures(
  checkout: Checkout,
  integration: Integration,
  all: boolean,
  wanted: string | undefined,
): Promise<string[]> {
  const { fixtures } = await integrationFiles(checkout, integration);
  const one = chooseFixture(integration, fixtures, wanted);
  return all && fixtures.length > 0 ? fixtures.map(({ file }) => file) : [one];
}

/**
 * The file name of the fixture that is meant; empty for an integration that is driven by parameters of its URL alone.
 * @param wanted A file name with or without its ending; without one the fixture of the documentation picture is taken.
 * @throws UserError `unknown-fixture`.
 */
export function chooseFixture(
  integration: Integration,
  fixtures: readonly Fixture[],
  wanted: string | undefined,
): string {
  const pictured = integration.screenshots.map((entry) => entry.fixture);
  const fixture =
    wanted === undefined
      ? (fixtures.find(({ file }) => pictured.includes(file)) ?? fixtures[0])
      : fixtures.find(({ file, name }) => file === wanted || name === wanted);
  if (fixture) return fixture.file;
  if (wanted === undefined && pictured.includes("")) return "";
  const files = fixtures.map(({ file }) => file);
  const names = fixtures.map(({ name }) => name);
  const meant = (wanted ?? "").replace(/\.\w+$/, "");
  const there = didYouMean(meant, [...new Set(names)], `It has ${files.join(", ")}.`);
  throw new UserError(
    wanted === undefined
      ? `${integration.name} has no fixtures.`
      : `${integration.name} has no fixture called '${wanted}'.`,
    {
      code: "unknown-fixture",
      hint: files.length > 0 ? there : `Put one into ${integration.fixturesDirectory}.`,
    },
  );
}
