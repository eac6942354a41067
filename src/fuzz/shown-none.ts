/** A field that is null or missing, and that the message shows as Python's `None`. */
import type { Mutation } from "./mutations.ts";
import type { Outcome, Verdict } from "./outcome.ts";
import { type Place, shapeOf } from "./payload.ts";

/**
 * What is wrong with a view that lets null pass its checks and then writes it into the message: somebody reads "Assigned
 * to None".
 * @param base What comes of the payload as it is.
 * @returns Undefined for any other change, and where `None` stood before.
 */
export function shownNone(
  { place, mutation, outcome }: { place: Place; mutation: Mutation; outcome: Outcome },
  base: Outcome,
): Verdict | undefined {
  const isEmptied = mutation.id === "null" || mutation.id === "drop";
  if (!isEmptied || outcome.kind !== "message" || countNone(outcome) <= countNone(base))
    return undefined;
  return {
    severity: "warning",
    kind: "none-shown",
    message:
      "The message says `None` when the field is null or missing: leave out the words around it.",
    key: `none ${shapeOf(place.path)}`,
  };
}

const countNone = ({ delivery: { messages } }: Outcome): number =>
  messages.flatMap(({ topic = "", content }) => `${topic}\n${content}`.match(/\bNone\b/g) ?? [])
    .length;
