/** The messages of an integration, before and after. */
import { failingAlike } from "../failures.ts";
import { html, type Markup, type Part } from "../markup.ts";
import type { MessageReview, Shown } from "../model.ts";
import { type DiffLine, diffTexts, shownAsText } from "../text-diff.ts";
import type { Pictures } from "./pictures.ts";
import { CARDS } from "./styles.ts";

const ORDER = { changed: 0, removed: 1, added: 2, same: 3 };

/** How a page shows messages. */
export interface MessageLook {
  /** @param badge Says what became of the message; nothing where it is the same. */
  heading(message: MessageReview, badge: Part): Markup;
  /** What was drawn of a delivery. */
  card(card: string): Markup;
  /** What the view raised. */
  failure(failed: Shown): Markup;
  /** See `diffTexts`. */
  maxEdits?: number;
}

/** All messages; what is the same is folded away. */
export function messagesSection(
  messages: readonly MessageReview[],
  id: string,
  pictures: Pictures,
): Markup {
  const look: MessageLook = {
    heading: ({ fixture }, badge) => html`<h4>${fixture}${badge}</h4>`,
    card: (card) => pictures.card(card),
    failure: failureOnce(messages),
  };
  const blocks = (some: readonly MessageReview[]): Part =>
    some.map((message) => messageBlock(message, look));
  const sorted = [...messages].sort((a, b) => ORDER[a.status] - ORDER[b.status]);
  // What changed is two cards wide; what is new or gone is one.
  const paired = sorted.filter(({ status }) => status === "changed");
  const single = sorted.filter(({ status }) => status === "added" || status === "removed");
  const same = sorted.filter(({ status }) => status === "same");
  return html`<section id="${id}" class="messages"><h3>Messages</h3>
${blocks(paired)}
${single.length > 0 && html`<div class="grid">${blocks(single)}</div>`}
${same.length > 0 && html`<details class="same"><summary>${same.length === 1 ? "1 message is" : `${same.length} messages are`} the same</summary><div class="grid">${blocks(same)}</div></details>`}
</section>`;
}

const WORDS = { added: "new", changed: "changed", removed: "gone", same: "same" };

/** One fixture: what came of it; where that has changed, both and what differs. */
export function messageBlock(message: MessageReview, look: MessageLook): Markup {
  const { status, formerFixture, before, after } = message;
  const badge = html`${status !== "same" && html` <span class="badge ${status}">${WORDS[status]}</span>`}${formerFixture !== undefined && html` <span class="dim">renamed from ${formerFixture}</span>`}`;
  const sides = status === "changed" && before && after;
  return html`<div class="message-review ${status}">
${look.heading(message, badge)}
${sides ? pair(before, after, look) : single(after ?? before, look)}
</div>`;
}

function pair(before: Shown, after: Shown, look: MessageLook): Markup {
  // A message and a failure have nothing in common.
  const isAlike = (before.error === undefined) === (after.error === undefined);
  const lines = isAlike && diffTexts(shownAsText(before), shownAsText(after), look.maxEdits);
  return html`<div class="pair"><div><span class="dim">before</span>${shown(before, look)}</div><div><span class="dim">after</span>${shown(after, look)}</div></div>
${lines && html`<details class="source" open><summary>What differs</summary>${diffBlock(lines, "before", "after")}</details>`}`;
}

function single(only: Shown | undefined, look: MessageLook): Markup {
  return html`<div class="single">${only && shown(only, look)}</div>
${only && only.messages.length > 0 && html`<details class="source"><summary>Markdown</summary><pre>${shownAsText(only)}</pre></details>`}`;
}

function shown(result: Shown, look: MessageLook): Markup {
  const { error, response, messages, card } = result;
  if (error) return look.failure(result);
  if (messages.length === 0) {
    const bad = response.status >= 400;
    return html`<p class="answer ${bad ? "fair" : ""}">No message. The view answered ${response.status}: <code>${response.body.trim().slice(0, 500)}</code></p>`;
  }
  return html`<div class="${CARDS}">${look.card(card)}</div>`;
}

/** What fails as a fixture above does says no more than that. */
function failureOnce(messages: readonly MessageReview[]): (failed: Shown) => Markup {
  const failsAs = new Map<Shown, string>();
  for (const { first, others } of failingAlike(messages)) {
    for (const { after } of others) if (after) failsAs.set(after, first.fixture);
  }
  return (failed) => {
    const first = failsAs.get(failed);
    return first === undefined
      ? wholeFailure(failed)
      : html`<p class="failure">Fails as ${first} does.</p>`;
  };
}

function wholeFailure({ error }: Shown): Markup {
  return html`<div class="failure"><strong>${error?.type}</strong>: ${error?.message}<pre>${error?.traceback.trimEnd()}</pre></div>`;
}

/** Lines with their signs; words that differ within a line are marked. */
export function diffBlock(lines: readonly DiffLine[], from: string, to: string): Markup {
  const names = { " ": "", "-": "gone", "+": "come" };
  return html`<pre class="diff" aria-label="Lines with − are ${from}, lines with + are ${to}">${lines.map(
    ({ sign, pieces }) =>
      html`<span class="line ${names[sign]}"><span class="diff-sign">${sign === "-" ? "−" : sign}</span><span>${pieces.map(
        ({ text, marked }) => (marked ? html`<mark>${text}</mark>` : text),
      )}</span>\n</span>`,
  )}</pre>`;
}
