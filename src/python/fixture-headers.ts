/** The lines of a view that say which event header a fixture's request came with. */
import { writeString } from "./strings.ts";

export interface FixtureHeaders {
  /** The header's name in Django's spelling, such as `HTTP_X_FOO_EVENT`. */
  readonly key: string;
  /** The header's value by the first part of the fixtures' names; by the whole name where the first part does not tell. */
  readonly events: Readonly<Record<string, string>>;
  readonly by: "first part" | "whole name";
  /** `Dict` or `dict`. */
  readonly dictType: string;
}

/** A header's name as Django's requests, and Connect's tests, spell it. */
export function djangoHeader(header: string): string {
  return `HTTP_${header.toUpperCase().replaceAll("-", "_")}`;
}

/** Writes `fixture_to_headers` for fixtures whose names cannot hold the header's values. */
export function writeFixtureHeaders({ key, events, by, dictType }: FixtureHeaders): string {
  const rows = Object.entries(events).map(
    ([name, event]) => `    ${writeString(name)}: ${writeString(event)},`,
  );
  const [words, name] =
    by === "first part"
      ? ["first part of the fixture's name", 'fixture_name.split("__")[0]']
      : ["fixture's name", "fixture_name"];
  return [
    `# The event header's value, by the ${words}.`,
    `FIXTURE_EVENTS: ${dictType}[str, str] = {`,
    ...rows,
    "}",
    "",
    "",
    `def fixture_to_headers(fixture_name: str) -> ${dictType}[str, str]:`,
    `    event = FIXTURE_EVENTS.get(${name})`,
    `    return {} if event is None else {${writeString(key)}: event}`,
  ].join("\n");
}
