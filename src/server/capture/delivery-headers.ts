/** What a service's headers say about a delivery: which event it is, and whether it was sent before. */
import { type HttpHeaders, headerOf } from "../../host/http-exchange.ts";
import type { SpooledRequest } from "./spooled.ts";

/** Headers that name the event, of services that are in use; the first that is there counts. */
const eventHeaders = [
  "x-github-event",
  "x-gitea-event",
  "x-gogs-event",
  "x-gitlab-event",
  "x-event-key",
  "x-shopify-topic",
  "x-wc-webhook-topic",
  "x-netlify-event",
  "x-reviewboard-event",
  "x-groove-event",
  "x-contentful-topic",
  "x-mailgun-event",
  "x-hook-event",
  "intuit-event",
  "linear-event",
  "sentry-hook-resource",
  "x-zm-event",
  "aeg-event-type",
  "ce-type",
  "twitch-eventsub-subscription-type",
  "x-amz-sns-message-type",
];

/** A name that a service nobody knows yet would give such a header. */
const eventName = /(^|-)(event|topic|trigger)(-(key|type|name))?$/;

/** Headers whose value is another one for each delivery, and the same when that is sent again. */
const deliveryHeaders = [
  "x-github-delivery",
  "x-gitea-delivery",
  "x-gogs-delivery",
  "idempotency-key",
  "x-gitlab-event-uuid",
  "x-request-uuid",
  "x-shopify-webhook-id",
  "x-wc-webhook-delivery-id",
  "webhook-id",
  "svix-id",
  "linear-delivery",
  "ce-id",
  "twitch-eventsub-message-id",
  "x-amz-sns-message-id",
  "x-atlassian-webhook-identifier",
  "x-zm-trackingid",
];

/**
 * Finds the header that names the event.
 * @param requests The headers of requests that all come from one service.
 * @returns Its name as the service writes it; undefined when no header that most of them have does.
 */
export function detectEventHeader(requests: readonly HttpHeaders[]): string | undefined {
  const spelling = new Map<string, { name: string; count: number }>();
  for (const headers of requests) {
    for (const key of new Set(headers.map(([name]) => name.toLowerCase()))) {
      if (!eventHeaders.includes(key) && !eventName.test(key)) continue;
      const name = headers.find(([written]) => written.toLowerCase() === key)?.[0] ?? key;
      spelling.set(key, { name, count: (spelling.get(key)?.count ?? 0) + 1 });
    }
  }
  const rank = (key: string): number => {
    const place = eventHeaders.indexOf(key);
    return place < 0 ? eventHeaders.length : place;
  };
  const [best] = [...spelling]
    .filter(([, { count }]) => count * 2 > requests.length)
    .sort(([a], [b]) => rank(a) - rank(b));
  return best?.[1].name;
}

/** The event that one request's own header names. */
export function eventHeaderOf(headers: HttpHeaders): string | undefined {
  const header = detectEventHeader([headers]);
  return header === undefined ? undefined : headerOf(headers, header);
}

/** Finds what has a mark in common with something that came before. */
export class FirstByMark<T> {
  readonly #first = new Map<string, T>();

  /** @returns The first that had one of these marks; undefined when this is it. */
  before(marks: readonly string[], own: T): T | undefined {
    const first = marks.map((mark) => this.#first.get(mark)).find((one) => one !== undefined);
    for (const mark of marks) if (!this.#first.has(mark)) this.#first.set(mark, first ?? own);
    return first;
  }
}

/** What a request shares with its retries: the delivery's name, or everything that a view can see. */
export function retryMarks(request: SpooledRequest): string[] {
  const id = deliveryId(request.headers);
  const event = eventHeaderOf(request.headers) ?? "";
  const target = request.bytes === 0 ? request.target : "";
  const bytes = `${request.method} ${target} ${event} ${request.sha256}`;
  return id === undefined ? [bytes] : [id, bytes];
}

/** What tells a delivery from all others, where the service says it. */
function deliveryId(headers: HttpHeaders): string | undefined {
  for (const name of deliveryHeaders) {
    const value = headerOf(headers, name);
    if (value) return `${name}: ${value}`;
  }
  return undefined;
}
