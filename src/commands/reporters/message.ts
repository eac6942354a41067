/** A message as `preview` prints it. */
import { cutShort } from "../../cut.ts";
import type { SentMessage } from "../../engine/index.ts";
import { showsLinks } from "../../host/terminal.ts";
import { contentAsText } from "../../preview/index.ts";
import type { Output } from "../../ui/output.ts";
import { printableLine } from "../../ui/steering.ts";
import { htmlForTerminal } from "./terminal.ts";

/** Characters of a message that are printed as it is. */
const LONGEST = 100_000;

/** Columns beyond which lines are hard to read. */
const WIDEST = 100;

/**
 * Where the message went, who sent it, and its text: drawn where there is colour, else its Markdown.
 * @param html The message's HTML.
 */
export function messageForTerminal(message: SentMessage, html: string, out: Output): string {
  const { paint } = out;
  const place =
    message.type === "stream"
      ? `${paint.bold(`#${printableLine(message.stream ?? "")}`)} ${paint.dim("›")} ${paint.bold(printableLine(message.topic ?? ""))}`
      : `${paint.dim("direct message to")} ${paint.bold(printableLine(message.to ?? ""))}`;
  const text = !paint.coloured
    ? cutShort(message.content, LONGEST)
    : htmlForTerminal(contentAsText(html), {
        paint,
        width: Math.min(out.width, WIDEST),
        links: showsLinks(),
      });
  return `${place}\n${paint.dim(printableLine(message.sender))}\n\n${text}`;
}
