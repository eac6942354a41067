/** What a page shows, whichever theme it is in. */
import type { PageSource } from "../browser/index.ts";
import { escapeHtml } from "../markdown/index.ts";
import type { BarColours } from "./colour.ts";

/** Where a message went. */
export type Recipient =
  | {
      type: "stream";
      stream: string;
      topic: string;
      /** How many links the topic holds: each gets an icon beside it. */
      links?: number;
    }
  | { type: "direct" /** Whom the reader talks with. */; to: string };

/** A message as the page shows it. */
export interface PageMessage {
  recipient: Recipient;
  senderName: string;
  /** The bot's avatar; without one the space stays empty. */
  avatar: { bytes: Uint8Array; type: "image/png" | "image/svg+xml" } | undefined;
  /** The safe HTML that `renderMarkdown` makes. */
  html: string;
  /** The time at the right, such as `12:00 PM`. */
  time: string;
  colours: BarColours;
}

/** The moment every picture shows, so that it does not depend on when it was made. */
export const PICTURE_DATE = new Date("2024-01-01T12:00:00Z");

/** What that moment looks like at the right of a message. */
export const PICTURE_TIME = "12:00 PM";

/** A short message, to find out what a theme does with any. */
export const SAMPLE = {
  recipient: { type: "stream", stream: "sample-stream", topic: "sample-topic" },
  senderName: "sample-sender",
  avatar: undefined,
  html: "<p>sample-text</p>",
  time: "sample-time",
  colours: { bar: "#eeeeee", icon: "#333333" },
} as const satisfies PageMessage;

/**
 * A page as one file that needs nothing else.
 * @param title What the browser's tab says.
 */
export function standalonePage({ head, body }: PageSource, title: string): string {
  const policy =
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; base-uri 'none'; form-action 'none'";
  return [
    '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width">',
    `<title>${escapeHtml(title)}</title>`,
    `${head}\n</head>\n<body>\n${body}\n</body>\n</html>\n`,
  ].join("\n");
}

/** Messages in a row to the same stream and topic share a card. */
export function groupByRecipient(messages: readonly PageMessage[]): PageMessage[][] {
  const groups: PageMessage[][] = [];
  let last: string | undefined;
  for (const message of messages) {
    const key = JSON.stringify(message.recipient);
    if (key === last) groups.at(-1)?.push(message);
    else groups.push([message]);
    last = key;
  }
  return groups;
}
