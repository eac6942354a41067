/** Where the payloads of a new integration name their event. */
import { basename } from "node:path";
import { UserError } from "../errors.ts";
import {
  detectEventSource,
  type EventSource,
  type Payload,
  parseEventKey,
  parseHeaderName,
  withList,
} from "../payload/index.ts";

/** An event name that was made of the name of a file. */
export interface UnprovenEvent {
  readonly event: string;
  /** The payload's file name. */
  readonly file: string;
}

/**
 * Where the event's name stands: where the author says, or where it is found.
 * @throws UserError for a header or a key without payloads.
 */
export function eventSourceOf(
  options: {
    readonly eventHeader?: string | undefined;
    readonly eventKey?: string | undefined;
    readonly payloads: readonly string[];
  },
  payloads: readonly Payload[],
): EventSource {
  const { eventHeader, eventKey } = options;
  if (eventHeader !== undefined && eventKey !== undefined) {
    throw new UserError("--event-header and --event-key cannot be given together.", {
      code: "usage",
      hint: "Give the one that says which event a request is about.",
    });
  }
  if ((eventHeader ?? eventKey) !== undefined && options.payloads.length === 0) {
    throw new UserError("An event header or key needs payloads to read the events from.", {
      code: "no-payload",
      hint: "Give a captured request body of each event with --payload.",
    });
  }
  if (eventHeader !== undefined) return { kind: "header", header: parseHeaderName(eventHeader) };
  if (eventKey !== undefined) return withList(parseEventKey(eventKey), payloads);
  return detectEventSource(payloads);
}

/** The events that only the names of files say. */
export function unprovenEvents(payloads: readonly Payload[], source: EventSource): UnprovenEvent[] {
  if (source.kind !== "header") return [];
  const known = new Set(payloads.map(({ headerEvent }) => headerEvent));
  return payloads.flatMap(({ headerEvent, fileEvent: event, source: path }) => {
    if (headerEvent !== undefined || known.has(event)) return [];
    known.add(event);
    return [{ event, file: basename(path) }];
  });
}
