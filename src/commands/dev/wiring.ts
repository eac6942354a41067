/** What the page of `dev` gets of other folders: how messages are drawn and listed, and the checklist. */
import type { Checkout } from "../../checkout/model.ts";
import type { SentMessage } from "../../engine/index.ts";
import { checklist } from "../../lint/index.ts";
import {
  deliveryConfigFor,
  furtherHead,
  type LiveRenderContext,
  liveBody,
  liveCard,
  liveHead,
  requestFor,
  styleSheets,
} from "../../preview/index.ts";
import {
  changeKey,
  compareMessages,
  listHead,
  MessageList,
  shownAsText,
} from "../../review/index.ts";
import type { DevOptions, MessageDrawing } from "../../server/dev/index.ts";
import { pageStyles } from "../page-styles.ts";

type Look = Omit<LiveRenderContext, "checkout">;

/** @param look How messages are drawn. */
export function devWiring(
  look: Look,
): Pick<DevOptions, "requestFor" | "messageHead" | "listHead" | "draw" | "drawing" | "checklist"> {
  const { theme } = look;
  let head: Promise<string> | undefined;
  return {
    requestFor: (tree, integration, fixture) =>
      requestFor(
        tree,
        integration,
        deliveryConfigFor(integration, fixture, tree.dialect.imageRoot),
      ),
    messageHead: () => liveHead(theme),
    listHead() {
      head ??= headOfList(look);
      return head;
    },
    draw: (tree, name, { messages }) => drawn(liveBody, look, tree, name, messages),
    drawing: () => drawingOf(look),
    checklist: (tree, name) => checklist(tree, name),
  };
}

async function headOfList({ theme }: Look): Promise<string> {
  const styles = styleSheets(await liveHead(theme));
  return listHead(await pageStyles("list", { styles, clip: theme.frame.clip }), theme.live.dark);
}

function drawingOf(look: Look): MessageDrawing {
  const list = new MessageList();
  return {
    card: async (tree, name, messages) =>
      list.card(await drawn(liveCard, look, tree, name, messages)),
    compare: compareMessages,
    change: ({ before, after }) =>
      changeKey(before ? shownAsText(before) : "", after ? shownAsText(after) : ""),
    block: (compared, place) => list.block(compared, place),
    notice: (fixture, words, place) => list.notice(fixture, words, place),
    styles: async (cards) =>
      list.styles(styleSheets(await furtherHead(look.theme, cards.join("\n")))),
  };
}

async function drawn(
  draw: typeof liveBody,
  look: Look,
  checkout: Checkout,
  name: string | undefined,
  messages: readonly SentMessage[],
): Promise<string> {
  const integration = checkout.integrations.find((one) => one.name === name);
  return integration ? draw({ ...look, checkout }, integration, messages) : "";
}
