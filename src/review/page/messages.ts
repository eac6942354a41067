/** The messages of an integration, before and after. */
import { html, type Markup } from "../markup.ts";
import type { MessageReview, Shown } from "../model.ts";
import { type DiffLine, diffTexts, shownAsText } from "../text-diff.ts";
import type { Pictures } from "./pictures.ts";

const ORDER = { changed: 0, removed: 1, added: 2, same: 3 };

/** All messages; what is the same is folded away. */
export function messagesSection(
  messages: readonly MessageReview[],
  id: string,
  pictures: Pictures,
): Markup {
  const sorted = [...messages].sort((a, b) => ORDER[a.status] - ORDER[b.status]);
  // What changed is two cards wide; what is new or gone is one.
  const paired = sorted.filter(({ status }) => status === "changed");
  const single = sorted.filter(({ status }) => status === "added" || status === "removed");
  const same = sorted.filter(({ status }) => status === "same");
  return html`<section id="${id}" class="messages"><h3>Messages</h3>
${paired.map((message) => messageBlock(message, pictures))}
${single.length > 0 && html`<div class="grid">${single.map((message) => messageBlock(message, pictures))}</div>`}
${same.length > 0 && html`<details class="same"><summary>${same.length === 1 ? "1 message is" : `${same.length} messages are`} the same</summary><div class="grid">${same.map((message) => messageBlock(message, pictures))}</div></details>`}
</section>`;
}

const WORDS = { added: "new", changed: "changed", removed: "gone", same: "same" };

function messageBlock(
  { fixture, formerFixture, status, before, after }: MessageReview,
  pictures: Pictures,
): Markup {
  const sides = status === "changed" && before && after;
  const only = after ?? before;
  const badge = status !== "same" && html` <span class="badge ${status}">${WORDS[status]}</span>`;
  return html`<div class="message-review ${status}">
<h4>${fixture}${badge}${formerFixture !== undefined && html` <span class="dim">renamed from ${formerFixture}</span>`}</h4>
${
  sides
    ? html`<div class="pair"><div><span class="dim">before</span>${shown(before, pictures)}</div><div><span class="dim">after</span>${shown(after, pictures)}</div></div>
<details class="source" open><summary>What differs</summary>${diffBlock(diffTexts(shownAsText(before), shownAsText(after)), "before", "after")}</details>`
    : html`<div class="single">${only && shown(only, pictures)}</div>
${only && only.messages.length > 0 && html`<details class="source"><summary>Markdown</summary><pre>${shownAsText(only)}</pre></details>`}`
}
</div>`;
}

function shown(result: Shown, pictures: Pictures): Markup {
  const { error, response, messages, card } = result;
  if (error) {
    return html`<div class="failure"><strong>${error.type}</strong>: ${error.message}<pre>${error.traceback.trimEnd()}</pre></div>`;
  }
  if (messages.length === 0) {
    const bad = response.status >= 400;
    return html`<p class="answer ${bad ? "fair" : ""}">No message. The view answered ${response.status}: <code>${response.body.trim().slice(0, 500)}</code></p>`;
  }
  return html`<div class="connect">${pictures.card(card)}</div>`;
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
