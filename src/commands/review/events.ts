/** Which event type each fixture leads to: asked of the view itself, through the filters that users have. */
import { join } from "node:path";
import { eventMacros, includedMacros } from "../../checkout/event-macros.ts";
import { readView } from "../../checkout/index.ts";
import type { Checkout, Integration } from "../../checkout/model.ts";
import type { DeliveryRequest, Engine } from "../../engine/index.ts";
import { UserError } from "../../errors.ts";
import { readTextIfExists } from "../../host/files.ts";
import { declaredEventsIn } from "../../lint/index.ts";
import { parseModule } from "../../python/parse-module.ts";
import { untestedFixtures } from "../../record/index.ts";
import type { Events, Shown } from "../../review/index.ts";
import { requestsOf } from "./messages.ts";

/**
 * The event types that a view declares, and what each has.
 * @param shown What came of each fixture: only those that sent a message have an event type to be found.
 */
export async function eventsOf(
  checkout: Checkout,
  integration: Integration,
  engine: Engine,
  shown: ReadonlyMap<string, Shown>,
): Promise<Events> {
  const requests = await requestsOf(checkout, integration);
  const { names: declared, isUnread } = await declaredEvents(
    checkout,
    integration,
    engine,
    requests,
  );
  if (isUnread || declared.length === 0) return { found: [], isUnread };
  const events = new Map<string, string>();
  for (const [fixture, { request }] of requests) {
    if ((shown.get(fixture)?.messages.length ?? 0) === 0) continue;
    const event = await eventOf(engine, request, declared);
    if (event !== undefined) events.set(fixture, event);
  }
  const [untested, isDocumented] = await Promise.all([
    withoutTest(checkout, integration),
    documentation(checkout, integration),
  ]);
  const found = declared.map((event) => {
    const fixtures = [...events].filter(([, one]) => one === event).map(([fixture]) => fixture);
    const tested = fixtures.filter((fixture) => !untested.has(fixture));
    return { event, fixtures, tested, documented: isDocumented(event) };
  });
  return { found, isUnread };
}

/** What the source says is declared; where only running it would tell, what the view itself says. */
async function declaredEvents(
  checkout: Checkout,
  integration: Integration,
  engine: Engine,
  requests: Awaited<ReturnType<typeof requestsOf>>,
): Promise<{ names: readonly string[]; isUnread: boolean }> {
  const view = parseModule(await readView(checkout, integration));
  const stated = declaredEventsIn(view, integration.functionName);
  if (!stated || stated.names) return { names: stated?.names ?? [], isUnread: false };
  const [first] = requests.values();
  const request = first?.request ?? { integration: integration.name };
  try {
    const { eventTypes } = await engine.prepare(request, { secret: "review", streams: [] });
    return { names: eventTypes ?? [], isUnread: eventTypes === null };
  } catch (error) {
    if (error instanceof UserError) return { names: [], isUnread: true };
    throw error;
  }
}

/**
 * Whether the integration's page names an event type, by itself or by a macro.
 * @returns Gives undefined where this tree has no such macro: its pages name none.
 */
async function documentation(
  checkout: Checkout,
  { docFile }: Integration,
): Promise<(event: string) => boolean | undefined> {
  const known = listings.get(checkout) ?? listingMacros(checkout);
  listings.set(checkout, known);
  const listing = await known;
  const page = (await readTextIfExists(join(checkout.root, docFile))) ?? "";
  const listed = includedMacros(page).some((name) => listing.has(name));
  return (event) => (listing.size === 0 ? undefined : listed || page.includes(event));
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

/** All macros of a tree have to be read for that, and once is enough. */
const listings = new WeakMap<Checkout, Promise<ReadonlySet<string>>>();

async function listingMacros({ root, dialect: { docs } }: Checkout): Promise<ReadonlySet<string>> {
  const macros = await Promise.all(
    [...docs.macros].map(async (name) => {
      const text = await readTextIfExists(join(root, `${docs.macroDirectory}/${name}.md`));
      return [name, text ?? ""] as const;
    }),
  );
  return eventMacros(macros);
}
