/** Which event a request is about. */
import { type HttpHeaders, headerOf } from "../../host/http-exchange.ts";
import {
  detectEventSource,
  type EventSource,
  eventByShape,
  insideField,
  type JsonValue,
  valueAt,
} from "../../payload/index.ts";
import type { Content } from "./body.ts";
import { eventHeaderOf } from "./delivery-headers.ts";

/** Longer ones are no names. */
const MAX_LENGTH = 200;

/**
 * The event as the service names it.
 * @param source Where most of the service's requests name it; one that does not is read for itself.
 */
export function eventIn(
  headers: HttpHeaders,
  content: Content,
  value: JsonValue | undefined,
  source: EventSource,
): string | undefined {
  return (
    eventAt(headers, content, value, source) ?? eventOfOne(headers, value) ?? outermost(content)
  );
}

/** The event where the service's other requests name it. */
export function eventAt(
  headers: HttpHeaders,
  { formField }: Pick<Content, "formField">,
  value: JsonValue | undefined,
  source: EventSource,
): string | undefined {
  if (source.kind === "header") return headerOf(headers, source.header);
  if (!value) return undefined;
  if (source.kind === "key") {
    const format =
      formField === undefined
        ? ({ kind: "json" } as const)
        : ({ kind: "json field", field: formField } as const);
    return text(valueAt(value, insideField(source.path, [{ value, format }])));
  }
  return source.kind === "shape" ? eventByShape(value, source.keys) : undefined;
}

/** What one request says of its event, when nothing is known of the service's others. */
export function eventOfOne(headers: HttpHeaders, value: JsonValue | undefined): string | undefined {
  const named = eventHeaderOf(headers);
  if (named !== undefined || !value) return named;
  const source = detectEventSource([{ value }]);
  return source.kind === "key" ? text(valueAt(value, source.path)) : undefined;
}

function text(value: JsonValue | undefined): string | undefined {
  return value?.kind === "string" && value.value.length <= MAX_LENGTH ? value.value : undefined;
}

/** XML without a header: the outermost element. */
function outermost({ bytes, extension }: Content): string | undefined {
  if (extension !== "xml") return undefined;
  const start = Buffer.from(bytes.subarray(0, 10_000)).toString("utf8");
  return /<([A-Za-z_][\w.-]*)/.exec(start)?.[1];
}
