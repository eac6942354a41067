/** Events of a kind that a view does not know, which services add. */
import { valuesAt } from "./evidence.ts";
import { MESSAGE_LOST } from "./findings.ts";
import type { Mutation } from "./mutations.ts";
import { type Outcome, type Verdict, whereOf } from "./outcome.ts";
import { type FuzzPayload, type Place, shapeOf } from "./payload.ts";

/** Names of keys that say which event it is, and not in which state a thing is: those are few, and all of them known. */
const EVENT_KEY = /(^|_)(event|event_?(type|name|kind)|type|kind|action|trigger)$/i;

/** So deep in a payload stands which event it is. */
const DEPTH = 2;

/**
 * What is wrong with a view that checks which event it is sent, and that has no answer to one that it does not know.
 * @param payloads All fixtures.
 * @returns Undefined for any other change, and for what has the same value in all fixtures.
 */
export function unknownKind(
  { place, mutation, outcome }: { place: Place; mutation: Mutation; outcome: Outcome },
  payloads: Iterable<FuzzPayload>,
): Verdict | undefined {
  const { path } = place;
  const key = path.at(-1);
  const { error, response } = outcome.delivery;
  if (mutation.id !== "plain" || outcome.kind !== "validation" || response.status < 500)
    return undefined;
  if (typeof key !== "string" || path.length > DEPTH || !EVENT_KEY.test(key)) return undefined;
  if (!error || !isAbout(error.message, path) || countValues(path, payloads) < 2) return undefined;
  return {
    severity: "warning",
    kind: "server-error",
    message: `${MESSAGE_LOST}, when the event is of a kind that the view does not know. Services add kinds: raise what the tree has for unsupported events.`,
    key: `unknown kind ${shapeOf(path)}`,
    ...whereOf(error),
  };
}

/** The tree's validators name a field as it is reached: `request['event']['type']`. */
function isAbout(message: string, path: Place["path"]): boolean {
  const at = message.indexOf(path.map((step) => `['${step}']`).join(""));
  return at > 0 && message.charAt(at - 1) !== "]";
}

function countValues(path: Place["path"], payloads: Iterable<FuzzPayload>): number {
  const there = [...payloads].flatMap(({ value }) => valuesAt(value, path));
  return new Set(there.flatMap((one) => (one.kind === "string" ? one.value : []))).size;
}
