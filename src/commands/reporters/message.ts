/** A message as `preview` prints it. */
import type { SentMessage } from "../../engine/index.ts";
import { showsLinks } from "../../host/terminal.ts";
import { contentAsText } from "../../preview/index.ts";
import type { Output } from "../../ui/output.ts";
import { printable } from "../../ui/text.ts";
import { htmlForTerminal } from "./terminal.ts";

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
      ? `${paint.bold(`#${printable(message.stream ?? "")}`)} ${paint.dim("›")} ${paint.bold(printable(message.topic ?? ""))}`
      : `${paint.dim("direct message to")} ${paint.bold(printable(message.to ?? ""))}`;
  const text =
    paint.level === 0
      ? printable(message.content)
      : htmlForTerminal(contentAsText(html), {
          paint,
          width: Math.min(out.width, WIDEST),
          links: showsLinks(),
        });
  return `${place}\n${paint.dim(printable(message.sender))}\n\n${text}`;
}
