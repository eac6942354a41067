/**
 * The questions that services ask an address before they send anything to it, and the answers that they want.
 *
 * Each row follows the service's own documentation. To add one, add a row.
 */
import { createHmac } from "node:crypto";
import type { HttpHeaders, HttpResponse } from "../../host/http-exchange.ts";

/** A request as a row looks at it. */
export interface Question {
  readonly method: string;
  readonly query: URLSearchParams;
  header(name: string): string | undefined;
  /** The body, when it is JSON and small. */
  readonly json: unknown;
  /** The secret that the user gave, for services that want proof of it. */
  readonly secret: string | undefined;
}

export interface Challenge {
  readonly service: string;
  /** @returns The answer, or undefined when this is not the service's question. */
  answer(question: Question): HttpResponse | undefined;
  /** What the user has to do, for services that do not take an answer from a program. */
  readonly todo?: string;
}

const text = (body: string, headers: HttpHeaders = []): HttpResponse => ({
  status: 200,
  headers: [
    ["Content-Type", "text/plain; charset=utf-8"],
    ["X-Content-Type-Options", "nosniff"],
    ...headers,
  ],
  body,
});

const json = (value: object): HttpResponse => ({
  status: 200,
  headers: [["Content-Type", "application/json"]],
  body: JSON.stringify(value),
});

/** A text at a way through JSON. */
function at(value: unknown, ...path: (string | number)[]): string | undefined {
  let here = value;
  for (const step of path) {
    if (typeof here !== "object" || here === null || !Object.hasOwn(here, step)) return undefined;
    here = (here as Record<string | number, unknown>)[step];
  }
  return typeof here === "string" ? here : undefined;
}

/** Answers with a text that the service sent, where it sent one. */
const echo = (value: string | null | undefined): HttpResponse | undefined =>
  typeof value === "string" ? text(value) : undefined;

const hmac = (secret: string, message: string, encoding: "hex" | "base64"): string =>
  createHmac("sha256", secret).update(message).digest(encoding);

/** Who asks for nothing, and verifies nothing by that. */
export const A_LOOK = "somebody who looks whether it answers";

export const challenges: readonly Challenge[] = [
  {
    // Both take JSON; Lark takes nothing else.
    service: "Slack, Lark and Feishu",
    answer({ json: body }) {
      const challenge = at(body, "challenge");
      const asks = at(body, "type") === "url_verification" && challenge !== undefined;
      return asks ? json({ challenge }) : undefined;
    },
  },
  {
    service: "Meta, WhatsApp and WebSub",
    answer: ({ query }) => (query.has("hub.mode") ? echo(query.get("hub.challenge")) : undefined),
  },
  {
    service: "Microsoft Graph",
    answer: ({ query }) => echo(query.get("validationToken")),
  },
  {
    service: "Azure Event Grid",
    answer({ header, json: body }) {
      const code = at(body, 0, "data", "validationCode");
      const asks = header("aeg-event-type") === "SubscriptionValidation" && code !== undefined;
      return asks ? json({ validationResponse: code }) : undefined;
    },
  },
  {
    service: "CloudEvents",
    answer({ method, header }) {
      const origin = header("webhook-request-origin");
      if (method !== "OPTIONS" || origin === undefined) return undefined;
      const headers: HttpHeaders = [
        ["WebHook-Allowed-Origin", origin],
        ["WebHook-Allowed-Rate", "*"],
      ];
      return { status: 200, headers };
    },
  },
  {
    service: "Dropbox, Nylas and Adobe",
    answer: ({ method, query }) => (method === "GET" ? echo(query.get("challenge")) : undefined),
  },
  {
    service: "Asana",
    answer({ header }) {
      const secret = header("x-hook-secret");
      return secret === undefined ? undefined : text("", [["X-Hook-Secret", secret]]);
    },
  },
  {
    service: "Zoom",
    answer({ json: body, secret }) {
      const plainToken = at(body, "payload", "plainToken");
      if (at(body, "event") !== "endpoint.url_validation" || !plainToken || !secret)
        return undefined;
      return json({ plainToken, encryptedToken: hmac(secret, plainToken, "hex") });
    },
  },
  {
    service: "Zoom",
    answer: ({ json: body }) =>
      at(body, "event") === "endpoint.url_validation" ? text("") : undefined,
    todo: "Zoom wants its secret token proved: run this again with --secret.",
  },
  {
    service: "X",
    answer({ method, query, secret }) {
      const token = method === "GET" ? query.get("crc_token") : null;
      if (token === null || !secret) return undefined;
      return json({ response_token: `sha256=${hmac(secret, token, "base64")}` });
    },
  },
  {
    service: "Okta",
    answer({ method, header }) {
      const verification = header("x-okta-verification-challenge");
      return method === "GET" && verification !== undefined ? json({ verification }) : undefined;
    },
  },
  {
    service: "Twitch",
    answer: ({ header, json: body }) =>
      header("twitch-eventsub-message-type") === "webhook_callback_verification"
        ? echo(at(body, "challenge"))
        : undefined,
  },
  {
    service: "Smartsheet",
    answer({ header }) {
      const challenge = header("smartsheet-hook-challenge");
      if (challenge === undefined) return undefined;
      const { body = "" } = json({ smartsheetHookResponse: challenge });
      const headers: HttpHeaders = [
        ["Content-Type", "application/json"],
        ["Smartsheet-Hook-Response", challenge],
      ];
      return { status: 200, headers, body };
    },
  },
  {
    service: "monday.com",
    answer({ json: body }) {
      const challenge = at(body, "challenge");
      const alone = challenge !== undefined && Object.keys(body as object).length === 1;
      return alone ? json({ challenge }) : undefined;
    },
  },
  {
    service: "Notion",
    answer({ json: body }) {
      const alone = at(body, "verification_token") && Object.keys(body as object).length === 1;
      return alone ? text("") : undefined;
    },
    todo: "Notion wants its verification_token pasted into its page: it is in the request's body in the spool.",
  },
  {
    service: "Amazon SNS",
    answer: ({ header }) =>
      header("x-amz-sns-message-type") === "SubscriptionConfirmation" ? text("") : undefined,
    todo: "Amazon wants the SubscribeURL opened: it is in the request's body in the spool.",
  },
  {
    // Trello, Mailchimp, Intercom and others look whether somebody is there.
    service: A_LOOK,
    answer: ({ method, query }) =>
      method === "HEAD" || (method === "GET" && query.size === 0) ? text("") : undefined,
  },
];

/** The first row whose question it is. */
export function challengeOf(
  question: Question,
): { challenge: Challenge; answer: HttpResponse } | undefined {
  for (const challenge of challenges) {
    const answer = challenge.answer(question);
    if (answer) return { challenge, answer };
  }
  return undefined;
}
