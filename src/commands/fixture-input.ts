/** What commands that deliver a fixture are told: which one, and with which headers. */
import type { Fixture, Integration } from "../checkout/model.ts";
import { UserError } from "../errors.ts";
import type { OptionSpec } from "./define.ts";

/** The option that adds headers to those that a fixture has by itself. */
export const headerOption = {
  value: "name:value",
  many: true,
  description: "send this header too",
  parse: parseHeader,
} as const satisfies OptionSpec;

function parseHeader(text: string): [name: string, value: string] {
  const match = /^([!#$%&'*+.^_`|~\w-]+):\s*([^\r\n]*)$/.exec(text);
  if (match?.[1] !== undefined && match[2] !== undefined) return [match[1], match[2]];
  throw new UserError(`'${text}' is not a header.`, {
    code: "bad-header",
    hint: 'Write it as --header "Name: value".',
  });
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
  const there = fixtures.map(({ file }) => file).join(", ");
  throw new UserError(
    wanted === undefined
      ? `${integration.name} has no fixtures.`
      : `${integration.name} has no fixture called '${wanted}'.`,
    {
      code: "unknown-fixture",
      hint: there ? `It has ${there}.` : `Put one into ${integration.fixturesDirectory}.`,
    },
  );
}
