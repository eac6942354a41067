/** The lines of Python that tell which event header a fixture comes with. */
import type { ViewDialect } from "../../checkout/dialect-model.ts";
import { headerOf } from "../../host/http-exchange.ts";
import type { EventSource } from "../../payload/index.ts";
import { djangoHeader, writeFixtureHeaders } from "../../python/fixture-headers.ts";
import { writeString } from "../../python/strings.ts";
import type { PlannedFixture } from "./plan.ts";

export interface HeaderMap {
  /** As the service writes it. */
  readonly header: string;
  /** The header's value by the first part of the fixtures' names. */
  readonly events: Readonly<Record<string, string>>;
  /** For the view, ready to paste. */
  readonly python: string;
}

/**
 * Writes what a view's `fixture_to_headers` has to be.
 * @returns undefined where no header names the event.
 */
export function headerMap(
  fixtures: readonly PlannedFixture[],
  source: EventSource,
  view: ViewDialect,
): HeaderMap | undefined {
  if (source.kind !== "header") return undefined;
  const events = Object.fromEntries(
    fixtures.flatMap(({ file, request }) => {
      const event = headerOf(request.headers, source.header);
      return event === undefined ? [] : [[firstPart(file), event]];
    }),
  );
  if (Object.keys(events).length === 0) return undefined;
  const key = djangoHeader(source.header);
  const told = Object.entries(events).every(([part, event]) => part === event);
  const helper = view.fixtureHeadersFunction;
  const python =
    told && helper !== undefined
      ? `from zerver.lib.webhooks.common import ${helper}\n\nfixture_to_headers = ${helper}(${writeString(key)})\n`
      : ownFunction(key, events, view);
  return { header: source.header, events, python };
}

const firstPart = (file: string): string => file.replace(/\.[^.]*$/, "").split("__")[0] ?? "";

function ownFunction(key: string, events: HeaderMap["events"], view: ViewDialect): string {
  const dictType = view.typing === "legacy" ? "Dict" : "dict";
  const imports = dictType === "Dict" ? "from typing import Dict\n\n" : "";
  return `${imports}${writeFixtureHeaders({ key, events, by: "first part", dictType })}\n`;
}
