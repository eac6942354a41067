/** A page and a comment about a tree that cannot be reviewed at all: a reviewer looks at them, and not at a log. */
import { html, type Markup, withCode } from "./markup.ts";
import { pageDocument } from "./page/document.ts";
import { messageStyles, type PageStyles } from "./page/styles.ts";
import { code } from "./summary.ts";

/** Why there is nothing to review. */
interface Unreadable {
  /** One sentence. */
  readonly reason: string;
  /** What to do, in one sentence. */
  readonly hint: string | undefined;
}

const TITLE = "the registry cannot be read";
const CONSEQUENCE = "Nothing else could be looked at: no message, no test and no checklist.";

/** The page. */
export function unreadablePage({ reason, hint }: Unreadable, styles: PageStyles): string {
  const body: Markup = html`
<header class="top"><h1>Review: ${TITLE}</h1></header>
<main><section class="overview" aria-label="Overview">
<h2 class="attention-title">Needs a look</h2>
<ul class="attention"><li class="error"><span class="level">wrong</span> <span></span> <span>${withCode(reason)} ${hint}</span></li></ul>
<p class="note">${CONSEQUENCE}</p>
</section></main>`;
  return pageDocument(`Review: ${TITLE}`, messageStyles(styles), body);
}

/** The comment. */
export function unreadableSummary({ reason, hint }: Unreadable): string {
  const item = code(hint === undefined ? reason : `${reason} ${hint}`);
  return `### Webhook review: ${TITLE}\n\n- ❌ ${item}\n\n${CONSEQUENCE}\n`;
}
