/**
 * The checkout's own look: its style sheets, templates and icons, as they are in the tree. The tree needs to be
 * neither installed nor built.
 */
import { join } from "node:path";
import type { Checkout } from "../../../checkout/model.ts";
import { isDirectory } from "../../../host/files.ts";
import { type PageMessage, SAMPLE } from "../../page.ts";
import { headFor } from "../head.ts";
import type { Theme } from "../theme.ts";
import {
  CONTENT_STYLES,
  type ContentRules,
  contentFor,
  folded,
  readContentRules,
} from "./content.ts";
import { type Frame, readFrame } from "./frame.ts";
import { iconStyles } from "./icons.ts";
import { readerSettings } from "./settings.ts";
import { readStyles, type TreeStyles } from "./styles.ts";
import { readTemplates, type Templates } from "./templates.ts";
import { ThemeFiles, unreadable } from "./tree.ts";
import { messageGroups } from "./view-model.ts";

const GROUPS = "message_group";
const WISHED = ["markdown_timestamp", "message_length_toggle"];

export interface CheckoutTheme extends Theme {
  /** Style sheets that the tree takes from packages which this program does not have. */
  missing: readonly string[];
}

/** Whether a tree has what a look is made of. */
export function hasTheme({ root }: Checkout): boolean {
  return ["web/styles", "web/templates"].every((folder) => isDirectory(join(root, folder)));
}

/**
 * Reads a tree's look.
 * @throws UserError `unreadable-theme` when it is not there, or is not as that of the trees we know.
 */
export async function openCheckoutTheme({ root }: Checkout): Promise<CheckoutTheme> {
  const files = new ThemeFiles(root);
  const templates = await readTemplates(files, [GROUPS], WISHED);
  const [styles, frame, settings] = await Promise.all([
    readStyles(files),
    readFrame(files),
    readerSettings(files),
  ]);
  const icons = await iconStyles(files, templates.sources);
  const head = `<style>${[styles.css, icons, settings, CONTENT_STYLES].join("\n")}</style>`;
  const rules = await readContentRules(files, styles.css);
  const theme = makeTheme(head, templates, frame, styles, rules);
  await tryOut(theme);
  return theme;
}

function makeTheme(
  head: string,
  templates: Templates,
  frame: Frame,
  styles: TreeStyles,
  rules: ContentRules,
): CheckoutTheme {
  const headOf = (body: string): Promise<string> => headFor(head, body, styles.families);
  return {
    name: "checkout",
    // Connect's tool makes its page so wide, and leaves 5 px at the sides; the bar's margin is 10 px high.
    frame: {
      clip: ".recipient_row",
      offset: { x: -5, y: 5, width: 10, height: 0 },
      width: 1280,
      margin: 5,
    },
    live: { styles: async () => "", ...darkIn(styles.css) },
    content: ".message_content",
    sources: `${templates.sources}\n${JSON.stringify(rules)}`,
    missing: styles.missing,
    async page(messages) {
      const shown = messages.map((message) => ({
        ...message,
        html: contentFor(message.html, templates, rules),
      }));
      const rows = templates.render(GROUPS, messageGroups(shown));
      const body = frame(rows);
      return {
        head: await headOf(body),
        body,
        folded: frame(folded(rows, templates)),
      };
    },
    head: headOf,
  };
}

/** The class that makes a tree's page dark, by what its sheets say of the root or the body. */
function darkIn(css: string): { dark?: string } {
  const counts = new Map<string, number>();
  for (const [, name = ""] of css.matchAll(
    /(?::root|\bhtml|\bbody)\.([\w-]*(?:dark|night)[\w-]*)/g,
  ))
    counts.set(name, (counts.get(name) ?? 0) + 1);
  const [most] = [...counts].sort(([, one], [, other]) => other - one);
  return most ? { dark: most[0] } : {};
}

/** Templates that show nothing of what they are given belong to a look that we do not know. */
async function tryOut(theme: Theme): Promise<void> {
  const { senderName, html, time } = SAMPLE;
  const { stream, topic } = SAMPLE.recipient;
  const to = "sample-receiver";
  const shown: [PageMessage["recipient"], string[]][] = [
    [SAMPLE.recipient, [stream, topic]],
    [{ type: "direct", to }, [to]],
  ];
  for (const [recipient, names] of shown) {
    const { body } = await theme.page([{ ...SAMPLE, recipient }]);
    const lost = [...names, senderName, html, time].find((part) => !body.includes(part));
    if (lost !== undefined) throw unreadable(`its templates do not show ${lost}`);
  }
}
