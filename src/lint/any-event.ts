/** Views that have a message for every event type, so that one which nothing names is sent as well. */
import { sendsOtherwise } from "../python/event-syntax.ts";
import type { EventFlow } from "./event-flow.ts";

/**
 * Whether a view passes on any type that a payload states: each comparison has an `else` that sends something, each
 * lookup a default, and nothing says which types there may be.
 */
export function passesAnyOn({ sources, compared, lookups }: EventFlow): boolean {
  return (
    sources.size > 0 &&
    ![...sources].some((source) => source.includes("check_string_in")) &&
    compared.every(({ module, offset }) => sendsOtherwise(module, offset)) &&
    lookups.every(({ hasDefault }) => hasDefault)
  );
}
