/** From a page to the pixels of a picture. */
import type { Browser, Drawing } from "../browser/index.ts";
import { UserError } from "../errors.ts";
import { damageOfCard, showsWholeCard } from "../image/index.ts";
import { SAMPLE } from "./page.ts";
import type { MessagesPage, Theme } from "./themes/theme.ts";

/** Device pixels a CSS pixel. */
const SCALE = 2;

/** CSS pixels. Connect folds a message that takes more than 65 % of its tool's window, which is 1024 high. */
const LONGEST_MESSAGE = 665;

/**
 * Draws messages as Connect's documentation shows them; when one is too long, all of them folded.
 * @param page The theme's page with the messages.
 * @throws UserError `picture-too-tall`; MachineError `browser-failed`.
 */
export function drawPage(browser: Browser, page: MessagesPage, theme: Theme): Promise<Drawing> {
  const { margin: _, ...frame } = theme.frame;
  const fold = { selector: theme.content, above: LONGEST_MESSAGE, body: page.folded };
  return browser.drawPage(page, { ...frame, scale: SCALE, fold });
}

/**
 * Draws one message, and looks at the pixels: what browser and styles made of it has to be a whole card.
 * @param page The theme's page with the message.
 * @throws UserError `damaged-picture`, and what `drawPage` throws.
 */
export async function drawCard(
  browser: Browser,
  page: MessagesPage,
  theme: Theme,
): Promise<Drawing> {
  const drawing = await drawPage(browser, page, theme);
  const damage = damageOf(drawing, theme);
  // A theme that draws any message so has cards of another kind.
  if (damage === undefined || damage === (await damageOfSample(browser, theme))) return drawing;
  throw new UserError(`The picture is damaged. ${damage}`, {
    code: "damaged-picture",
    hint: "Look at what the message or the tree's style sheets do to the card, or use --theme builtin.",
  });
}

/** Whether an existing picture shows a whole card. */
export function isWholeCard(picture: Uint8Array, { frame }: Theme): Promise<boolean> {
  return showsWholeCard(picture, frame.margin * SCALE);
}

function damageOf(drawing: Drawing, { frame }: Theme): string | undefined {
  return damageOfCard(drawing, frame.margin * SCALE);
}

const samples = new WeakMap<Theme, Promise<string | undefined>>();

function damageOfSample(browser: Browser, theme: Theme): Promise<string | undefined> {
  const known = samples.get(theme) ?? drawSample(browser, theme);
  samples.set(theme, known);
  return known;
}

async function drawSample(browser: Browser, theme: Theme): Promise<string | undefined> {
  return damageOf(await drawPage(browser, await theme.page([SAMPLE]), theme), theme);
}
