/** Which event type each fixture leads to: asked of the view itself, through the filters that users have. */
import { join } from "node:path";
import { readView } from "../../checkout/index.ts";
import type { Checkout, Integration } from "../../checkout/model.ts";
import type { DeliveryRequest, Engine } from "../../engine/index.ts";
import { UserError } from "../../errors.ts";
import { readTextIfExists } from "../../host/files.ts";
import { declaredEventsIn } from "../../lint/index.ts";
import { parseModule } from "../../python/parse-module.ts";
import { untestedFixtures } from "../../record/index.ts";
import type { EventRow, Shown } from "../../review/index.ts";
import { requestsOf } from "./messages.ts";

/** A macro of this name lists the declared event types in a document; its last words differ from tree to tree. */
const LISTING = /\{!event-filtering[\w-]*\.md!\}/;

/**
 * A row for each event type that the view declares.
 * @param shown What came of each fixture: only those that sent a message have an event type to be found.
 * @returns Undefined when the view declares none.
 */
export async function eventRows(
  checkout: Checkout,
  integration: Integration,
  engine: Engine,
  shown: ReadonlyMap<string, Shown>,
): Promise<EventRow[] | undefined> {
  const view = parseModule(await readView(checkout, integration));
  const declared = declaredEventsIn(view, integration.functionName)?.names;
  if (!declared || declared.length === 0) return undefined;
  const events = new Map<string, string>();
  for (const [fixture, { request }] of await requestsOf(checkout, integration)) {
    if ((shown.get(fixture)?.messages.length ?? 0) === 0) continue;
    const event = await eventOf(engine, request, declared);
    if (event !== undefined) events.set(fixture, event);
  }
  const [untested, doc] = await Promise.all([
    withoutTest(checkout, integration),
    readTextIfExists(join(checkout.root, integration.docFile)),
  ]);
  return declared.map((event) => {
    const fixtures = [...events].filter(([, found]) => found === event).map(([fixture]) => fixture);
    return {
      event,
      declared: true,
      fixtures,
      tested: fixtures.filter((fixture) => !untested.has(fixture)),
      documented: doc !== undefined && (LISTING.test(doc) || doc.includes(event)),
    };
  });
}

/** Halves the event types until one is left that lets the message through. */
async function eventOf(
  engine: Engine,
  request: DeliveryRequest,
  declared: readonly string[],
): Promise<string | undefined> {
  let left = declared;
  if (!(await passes(engine, request, left))) return undefined;
  while (left.length > 1) {
    const half = left.slice(0, Math.ceil(left.length / 2));
    left = (await passes(engine, request, half)) ? half : left.slice(half.length);
  }
  // Where no filter holds a message back, the view passes no event type on.
  return (await passes(engine, request, ["no such event"])) ? undefined : left[0];
}

async function passes(
  engine: Engine,
  request: DeliveryRequest,
  onlyEvents: readonly string[],
): Promise<boolean> {
  try {
    return (await engine.deliver({ ...request, onlyEvents })).messages.length > 0;
  } catch (error) {
    if (error instanceof UserError) return false;
    throw error;
  }
}

async function withoutTest(checkout: Checkout, integration: Integration): Promise<Set<string>> {
  const text = await readTextIfExists(join(checkout.root, integration.testsFile));
  const fixtures = await untestedFixtures(checkout, integration, parseModule(text ?? ""));
  return new Set(fixtures.map(({ file }) => file));
}
