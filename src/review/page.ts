/** The page: one file, no script, nothing loaded. */
import { percentOf } from "../engine/coverage-words.ts";
import { type Attention, attentionOf } from "./attention.ts";
import { html, type Markup, withCode } from "./markup.ts";
import type { IntegrationReview, Review } from "./model.ts";
import { pageDocument } from "./page/document.ts";
import { anchor, integrationSection } from "./page/integration.ts";
import { Pictures } from "./page/pictures.ts";
import { messageStyles, type PageStyles } from "./page/styles.ts";
import {
  countMessages,
  countProblems,
  failedBefore,
  headline,
  messagesInWords,
  plural,
} from "./totals.ts";

/** The whole page. */
export function reviewPage(review: Review, styles: PageStyles): string {
  const pictures = new Pictures();
  const body = html`
<header class="top">
  <h1>Review: ${headline(review)}</h1>
  <p class="revisions">${revisions(review)}</p>
  ${review.integrations.length > 1 && contents(review.integrations)}
</header>
<main>
${overview(review)}
${review.integrations.map((one) => integrationSection(one, pictures))}
${unaffected(review)}
</main>
<footer>Made by <code>connect-webhook review</code>. Messages are what the view sent for each fixture on the embedded
Python, drawn as Connect draws them.</footer>`;
  const sheets = `${messageStyles(styles)}\n${pictures.styles()}`;
  return pageDocument(`Review: ${headline(review)}`, sheets, body);
}

function revisions({ base, head }: Review): Markup {
  const commit = head.commit === undefined ? "the files as they are" : head.commit.slice(0, 10);
  const dirty = head.dirty && html` <span class="badge changed">with uncommitted changes</span>`;
  const short = base.commit.slice(0, 10);
  const named = base.ref !== "" && base.ref !== base.commit && html` (${base.ref})`;
  return html`<code>${short}</code>${named} <span class="arrow">→</span> <code>${commit}</code>${dirty}`;
}

function contents(integrations: readonly IntegrationReview[]): Markup {
  const links = integrations.map(({ name }) => html`<a href="#${anchor(name)}">${name}</a>`);
  return html`<nav aria-label="Integrations">${links}</nav>`;
}

function overview(review: Review): Markup {
  const { integrations, notes } = review;
  const items = attentionOf(review);
  return html`<section class="overview" aria-label="Overview">
${
  integrations.length > 0 &&
  html`<div class="table"><table>
<thead><tr><th>integration</th><th>messages</th><th>tests</th><th>coverage</th><th>checklist</th></tr></thead>
<tbody>${integrations.map(row)}</tbody>
</table></div>`
}
${verdict(review, items)}
${notes.map((note) => html`<p class="note">${note}</p>`)}
</section>`;
}

function row(one: IntegrationReview): Markup {
  const { name, displayName, status, messages, tests, coverage, formerName } = one;
  const was = formerName !== undefined && html` <span class="dim">was ${formerName}</span>`;
  return html`<tr>
<td><a href="#${anchor(name)}"><strong>${displayName}</strong></a> <span class="badge ${status}">${status}</span>${was}</td>
<td><a href="#${anchor(name, "messages")}">${messagesInWords(countMessages(messages))}</a></td>
<td>${tests ? html`<span class="${tests.failed > 0 ? "bad" : "good"}">${tests.failed > 0 ? `${tests.failed} of ${tests.total} failed${failedBefore(tests)}` : `${tests.passed} passed`}</span>` : html`<span class="dim">–</span>`}</td>
<td>${coverage ? html`${percentOf(coverage)} %` : html`<span class="dim">–</span>`}</td>
<td>${checklistCell(one)}</td>
</tr>`;
}

function checklistCell(one: IntegrationReview): Markup {
  if (one.checklist.length === 0) return html`<span class="dim">–</span>`;
  const { errors, warnings, hints, old } = countProblems(one);
  const parts = [
    errors > 0 && html`<span class="bad">${plural(errors, "error")}</span> `,
    warnings > 0 && html`<span class="fair">${plural(warnings, "warning")}</span> `,
    hints > 0 && html`<span>${plural(hints, "hint")}</span> `,
    old > 0 && html`<span class="dim">${old} old</span>`,
  ];
  return parts.some((part) => part !== false)
    ? html`${parts}`
    : html`<span class="good">complete</span>`;
}

function verdict({ integrations }: Review, items: readonly Attention[]): Markup {
  if (integrations.length === 0)
    return html`<p class="verdict good">Nothing that a webhook integration is made of has changed.</p>`;
  const isClean =
    items.every(({ level }) => level === "info") &&
    integrations.every((one) => countProblems(one).hints === 0);
  if (isClean) {
    return html`<p class="verdict good">Nothing is wrong that a program can see.</p>${list(items)}`;
  }
  return html`<h2 class="attention-title">Needs a look</h2>${list(items)}`;
}

/** Items that are shown before the rest is folded away. */
const SHOWN = 12;

function list(items: readonly Attention[]): Markup {
  if (items.length === 0) return html``;
  const rest = items.slice(SHOWN);
  return html`<ul class="attention">${items.slice(0, SHOWN).map(item)}</ul>
${rest.length > 0 && html`<details><summary>${rest.length} more</summary><ul class="attention">${rest.map(item)}</ul></details>`}`;
}

const LEVELS = { error: "wrong", warning: "look", info: "note" };

function item({ level, integration, text, part }: Attention): Markup {
  return html`<li class="${level}"><span class="level">${LEVELS[level]}</span> <a href="#${anchor(integration, part)}">${integration}</a> <span>${withCode(text)}</span></li>`;
}

function unaffected({ unaffected: names }: Review): Markup {
  if (names.length === 0) return html``;
  return html`<section class="quiet"><details><summary>${names.length === 1 ? "1 more integration is" : `${names.length} more integrations are`} built on what changed; no message differs</summary><p>${names.join(", ")}</p></details></section>`;
}
