/** The name for one request that somebody wants to keep: the one that a capture would give it. */
import type { HttpHeaders } from "../../host/http-exchange.ts";
import { detectEventSource, type EventSource } from "../../payload/index.ts";
import { type Content, contentOf } from "./body.ts";
import { detectEventHeader } from "./delivery-headers.ts";
import { FixtureNames, type KnownFixture, knownFixture, namingOf } from "./fixture-names.ts";
import { baseOf } from "./name.ts";
import { fieldsOf } from "./shape.ts";

export interface Suggestion {
  /** A file name that is free. */
  readonly file: string;
  /** The fixture that has the same shape already. */
  readonly like: string | undefined;
}

export interface ExistingFixture {
  readonly file: string;
  readonly bytes: Uint8Array;
}

const NOTHING: Content = { bytes: new Uint8Array(), extension: "json", notes: [] };

/**
 * Suggests a name.
 * @param existing The fixtures that are there. Together with the request they tell where the service names its event.
 * @param madeFrom The one that the request was made from: while it is of the same event, it is named like it.
 */
export async function suggestName(
  headers: HttpHeaders,
  body: Uint8Array,
  existing: readonly ExistingFixture[],
  madeFrom?: string,
): Promise<Suggestion> {
  const content = (await contentOf(headers, body)) ?? NOTHING;
  const known = existing.map(({ file, bytes }) => knownFixture(file, bytes));
  const source = sourceOf(headers, content, known);
  const names = new FixtureNames();
  const bases = new Map(known.map((one) => [one.file, names.know(one, source)] as const));
  const { base, shape } = namingOf(headers, content, source);
  const origin = known.find(({ file }) => file === madeFrom && bases.get(file) === base);
  const kept = origin ? baseOf(origin.name) : base;
  return { file: names.free(kept, content.extension), like: names.like(base, content, shape) };
}

function sourceOf(
  headers: HttpHeaders,
  content: Content,
  known: readonly KnownFixture[],
): EventSource {
  const header = detectEventHeader([headers]);
  if (header !== undefined) return { kind: "header", header };
  const values = [...known.map(({ value }) => value), fieldsOf(content)];
  return detectEventSource(values.flatMap((value) => (value ? [{ value }] : [])));
}
