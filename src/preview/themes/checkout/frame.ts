/** What stands around the messages in Connect's page, because its style sheets ask for it: elements with ids and classes. */
import { escapeHtml } from "../../../markdown/index.ts";
import type { ThemeFiles } from "./tree.ts";

const PAGE = "templates/zerver/app/index.html";
const ELEMENT = /<(\/?)(?:div|section|main|article)\b([^<>]*)>/g;
/** The list that messages stand in, and what holds such lists where a template makes them. */
const LIST = /(^|\s)(message-list|message_table)(\s|$)/;
const PLACE = "message-lists-container";

interface Ancestor {
  id: string | undefined;
  classes: string;
}

/** Of a tree whose page is written in another way. */
const USUAL: readonly Ancestor[] = [
  { id: undefined, classes: "app" },
  { id: undefined, classes: "app-main" },
  { id: undefined, classes: "column-middle" },
  { id: undefined, classes: "column-middle-inner" },
  { id: "message_feed_container", classes: "" },
  { id: "main_div", classes: "message-feed" },
  { id: "message-lists-container", classes: "" },
];

/** Puts messages where they are in Connect's page. */
export type Frame = (messages: string) => string;

export async function readFrame(files: ThemeFiles): Promise<Frame> {
  const found = files.has(PAGE) ? ancestorsIn(await files.text(PAGE)) : undefined;
  const around = [...(found ?? USUAL)];
  // Later trees make the list by a template; all of them call it this.
  const last = around.at(-1);
  const list = last !== undefined && LIST.test(last.classes) ? around.pop() : undefined;
  const chain = [...around, { id: list?.id, classes: withFocus(list?.classes ?? "message-list") }];
  const open = chain.map(tagOf).join("");
  return (messages) => `${open}${messages}${"</div>".repeat(chain.length)}`;
}

/** The elements around the first list of messages, or around the place where lists are put. */
function ancestorsIn(html: string): Ancestor[] | undefined {
  const open: Ancestor[] = [];
  let place: Ancestor[] | undefined;
  for (const [, closing, attributes = ""] of html.matchAll(ELEMENT)) {
    if (closing) {
      open.pop();
      continue;
    }
    const id = /\bid="([\w-]+)"/.exec(attributes)?.[1];
    const classes = /\bclass="([\w\s-]*)"/.exec(attributes)?.[1] ?? "";
    open.push({ id, classes });
    if (LIST.test(classes)) return open;
    if (id === PLACE) place = [...open];
  }
  return place;
}

/** Only the list that the reader looks at is shown. */
function withFocus(classes: string): string {
  const names = classes.split(/\s+/).filter(Boolean);
  return [...new Set([...names, "focused-message-list"])].join(" ");
}

function tagOf({ id, classes }: Ancestor): string {
  const stated = id === undefined ? "" : ` id="${escapeHtml(id)}"`;
  return `<div${stated}${classes ? ` class="${escapeHtml(classes)}"` : ""}>`;
}
