/** Reviews for the tests of the page, the comment and the data. */
import type { IntegrationReview, Review, Shown } from "../../src/review/index.ts";

/** A delivery that sent one message. */
export function sent(content: string, topic = "topic"): Shown {
  return {
    response: { status: 200, body: "" },
    messages: [{ type: "stream", stream: "s", topic, sender: "Bot", content }],
    card: `<div class="picture">${content.replaceAll("<", "&lt;")}</div>`,
  };
}

/** A delivery that was answered with a status, and sent nothing. */
export function answered(status: number, body = ""): Shown {
  return { response: { status, body }, messages: [], card: "" };
}

/** A delivery for which the view raised. */
export function raised(type: string, message = "broken"): Shown {
  return { ...answered(500), error: { type, message, traceback: `${type}: ${message}` } };
}

export function integration(facts: Partial<IntegrationReview> = {}): IntegrationReview {
  return {
    name: "echo",
    displayName: "Echo",
    status: "changed",
    entryChanges: [],
    files: [],
    messages: [],
    events: undefined,
    checklist: [],
    tests: undefined,
    coverage: undefined,
    images: [],
    ...facts,
  };
}

export function review(...integrations: IntegrationReview[]): Review {
  return {
    base: { ref: "main", commit: "0123456789abcdef" },
    head: { commit: "fedcba9876543210", dirty: false },
    notes: [],
    integrations,
    unaffected: [],
  };
}
