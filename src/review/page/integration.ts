/** One integration's part of the page. */
import { posix } from "node:path";
import { lineRanges, percentOf } from "../../engine/coverage-words.ts";
import { byCause, type SameCause } from "../../engine/error-cause.ts";
import { placeOf } from "../../engine/error-place.ts";
import { changesForUsers, hasUnclearEvents } from "../events.ts";
import { html, type Markup, withCode } from "../markup.ts";
import type {
  ChangedFile,
  ChecklistPart,
  CoverageReview,
  EventRow,
  ImageReview,
  IntegrationReview,
  ReviewProblem,
  TestFailure,
} from "../model.ts";
import { diffTexts } from "../text-diff.ts";
import { failedBefore, plural } from "../totals.ts";
import { diffBlock, messagesSection } from "./messages.ts";
import { imageOf, type Pictures } from "./pictures.ts";

/** The id of an integration, or of a part of it. Names are words of letters, digits and underscores. */
export function anchor(name: string, part?: string): string {
  const safe = name.replace(/[^\w-]/g, "_");
  return part === undefined ? `i-${safe}` : `i-${safe}-${part}`;
}

/** The whole part of an integration. */
export function integrationSection(one: IntegrationReview, pictures: Pictures): Markup {
  const { name, displayName, status, formerName } = one;
  const logo = one.images.find(({ kind }) => kind === "avatar")?.after;
  return html`<article id="${anchor(name)}">
<h2>${logo && imageOf(logo, "")}${displayName} <code>${name}</code> <span class="badge ${status}">${status}</span>${formerName !== undefined && html` <span class="dim">was ${formerName}</span>`}</h2>
${users(one)}
${one.messages.length > 0 && messagesSection(one.messages, anchor(name, "messages"), pictures)}
<div class="columns">
${one.checklist.length > 0 && checklist(one)}
${one.tests && tests(one)}
${(one.tests || one.events) && events(one, anchor(name, "events"))}
${one.files.length > 0 && files(one.files, anchor(name, "files"))}
</div>
${images(one)}
</article>`;
}

/** What those who use the integration already depend on, before and after. */
function users(one: IntegrationReview): Markup | false {
  const changes = changesForUsers(one);
  return (
    changes.length > 0 &&
    html`<section id="${anchor(one.name, "users")}"><h3>For existing users</h3>
<div class="table"><table><thead><tr><th></th><th>before</th><th>after</th></tr></thead>
<tbody>${changes.map(
      ({ what, before, after }) =>
        html`<tr><td>${what}</td><td><code>${before}</code></td><td>${after === undefined ? html`<span class="bad">gone</span>` : html`<code>${after}</code>`}</td></tr>`,
    )}</tbody></table></div></section>`
  );
}

function checklist({ name, checklist: parts }: IntegrationReview): Markup {
  return html`<section id="${anchor(name, "checklist")}"><h3>Checklist</h3>
<ul class="checklist">${parts.map(checklistPart)}</ul></section>`;
}

function checklistPart({ part, problems }: ChecklistPart): Markup {
  const open = problems.filter(({ severity }) => severity !== "hint");
  const fresh = problems.filter(({ isNew }) => isNew);
  const old = problems.filter(({ isNew }) => !isNew);
  const worst = open.find(({ isNew }) => isNew) ?? open[0];
  const sign =
    worst === undefined
      ? ["good", "✓"]
      : worst.isNew && worst.severity === "error"
        ? ["bad", "✗"]
        : worst.isNew
          ? ["fair", "!"]
          : ["dim", "·"];
  return html`<li><span class="sign ${sign[0]}">${sign[1]}</span> ${part}
${fresh.length > 0 && html`<ul>${fresh.map(problemItem)}</ul>`}
${old.length > 0 && html`<details><summary>${old.length} that the base has too</summary><ul>${old.map(problemItem)}</ul></details>`}</li>`;
}

function problemItem({ severity, message, path, line, fix, rule, isNew }: ReviewProblem): Markup {
  const place = line === undefined ? path : `${path}:${line}`;
  const level = severity === "error" ? "bad" : severity === "warning" ? "fair" : "dim";
  return html`<li class="${isNew ? "" : "old"}"><span class="${isNew ? level : "dim"}">${isNew ? severity : `old ${severity}`}</span> ${withCode(message)} ${fix !== undefined && html`<span class="fix">${withCode(fix)}</span>`} <span class="place">${place} · ${rule}</span></li>`;
}

function tests({ name, tests: outcome, coverage }: IntegrationReview): Markup {
  if (!outcome) return html``;
  const { passed, failed, skipped, failures } = outcome;
  const line = [
    `${passed} passed`,
    ...(failed > 0 ? [`${failed} failed${failedBefore(outcome)}`] : []),
    ...(skipped > 0 ? [`${skipped} skipped`] : []),
  ].join(", ");
  return html`<section id="${anchor(name, "tests")}"><h3>Tests</h3>
<p class="${failed > 0 ? "bad" : "good"}">${line}</p>
${byCause(failures, (failure) => failure).map(failureBlock)}
${
  coverage &&
  html`<div class="table"><table class="coverage"><thead><tr><th>file</th><th>coverage</th><th>not run</th></tr></thead><tbody>${coverage.files.map(
    (file) =>
      html`<tr><td>${basename(file.path)}</td><td><meter min="0" max="100" low="80" optimum="100" value="${percentOf(file)}"></meter> ${percentOf(file)} %</td><td>${notRun(file)}</td></tr>`,
  )}</tbody></table></div>`
}
</section>`;
}

/** Lines that no test runs, those of the change apart from those that the base has as well. */
function notRun({ missing, newlyMissing }: CoverageReview["files"][number]): Markup {
  const old = missing.filter((line) => !newlyMissing.includes(line));
  const both = old.length > 0 && newlyMissing.length > 0;
  return html`${newlyMissing.length > 0 && html`<strong>${lineRanges([...newlyMissing])}</strong>`}${both && ", "}${old.length > 0 && html`<span class="dim">${lineRanges(old)} as before</span>`}`;
}

/** Tests that fail of one cause: the first with everything about it, the names of the others. */
function failureBlock({ first, others }: SameCause<TestFailure>): Markup {
  const { name, type, message, expected, actual, traceback } = first;
  const found = placeOf(first);
  const place = found && html`<span class="place">${found.path}:${found.line}</span>`;
  const body =
    expected !== undefined && actual !== undefined
      ? diffBlock(diffTexts(expected, actual), "expected", "sent")
      : html`<pre>${type}: ${message}</pre><details class="source"><summary>Traceback</summary><pre>${traceback.trimEnd()}</pre></details>`;
  return html`<div class="failure"><strong>${name}</strong>${others.length > 0 && ` and ${plural(others.length, "more test")}`} ${place}${old(first)}${body}
${others.length > 0 && html`<p class="dim">The same in ${others.map((other, index) => html`${index > 0 && ", "}${other.name}${old(other)}`)}.</p>`}</div>`;
}

const old = ({ failedBefore: isOld }: TestFailure): Markup =>
  html`${isOld && html` <span class="dim">failed before</span>`}`;

const basename = (path: string): string => path.split("/").at(-1) ?? path;

function events(one: IntegrationReview, id: string): Markup {
  const { events: rows, eventsUnread } = one;
  if (!rows) {
    const why = eventsUnread
      ? "The view declares event types in a way that is not understood here."
      : "The view declares no event types, so users cannot filter by them.";
    return html`<section id="${id}"><h3>Event types</h3><p class="dim">${why}</p></section>`;
  }
  const areNamed = rows.some(({ documented }) => documented !== undefined);
  return html`<section id="${id}"><h3>Event types</h3>
${hasUnclearEvents(one) && html`<p class="dim">Which event type a fixture leads to is not known where the view fails.</p>`}
<div class="table"><table class="events"><thead><tr><th>event</th><th>declared</th><th>fixture</th><th>test</th>${areNamed && html`<th>documented</th>`}</tr></thead>
<tbody>${rows.map((row) => eventRow(row, areNamed))}</tbody></table></div></section>`;
}

function eventRow(
  { event, status, formerEvent, declared, fixtures, tested, documented }: EventRow,
  areNamed: boolean,
): Markup {
  const cell = (yes: boolean, title = ""): Markup =>
    yes ? html`<td class="good" title="${title}">✓</td>` : html`<td class="missing">–</td>`;
  const was = formerEvent !== undefined && html` <span class="dim">was ${formerEvent}</span>`;
  const badge =
    status !== "same" &&
    html` <span class="badge ${status === "renamed" ? "changed" : status}">${status}</span>`;
  const number =
    fixtures.length > 0
      ? html`<td title="${fixtures.join(", ")}">${fixtures.length}</td>`
      : cell(false);
  return html`<tr><td><code>${event}</code>${badge}${was}</td>${cell(declared)}${number}${cell(tested.length > 0, tested.join(", "))}${areNamed && cell(documented ?? false)}</tr>`;
}

const FILE_SIGNS = {
  added: ["good", "+"],
  changed: ["fair", "~"],
  renamed: ["fair", "~"],
  removed: ["bad", "−"],
} as const;

function files(all: readonly ChangedFile[], id: string): Markup {
  return html`<section id="${id}"><h3>Files</h3><ul class="files">${all.map(
    ({ path, status, formerPath, added, removed }) => {
      const [level, sign] = FILE_SIGNS[status];
      const numbers =
        added === undefined
          ? html`<span class="dim">binary</span>`
          : html`<span class="good">+${added}</span> ${removed !== undefined && removed > 0 && html`<span class="bad">−${removed}</span>`}`;
      return html`<li><span class="sign ${level}">${sign}</span><span class="path">${path}</span> ${formerPath !== undefined && html`<span class="dim">renamed from ${posix.basename(formerPath)}</span> `}<span class="numbers">${numbers}</span></li>`;
    },
  )}</ul></section>`;
}

function images({ name, images: all }: IntegrationReview): Markup {
  if (all.length === 0) return html``;
  const marks = all.filter(({ kind }) => kind !== "picture");
  const pictures = all.filter(({ kind }) => kind === "picture");
  return html`<section id="${anchor(name, "images")}"><h3>Images</h3>
<div class="marks">${marks.map(mark)}</div>
${pictures.map(picture)}
</section>`;
}

function mark({ kind, path, status, before, after }: ImageReview): Markup {
  const shown = [
    status === "changed" &&
      before &&
      html`<div class="grounds"><span class="dim">before</span>${grounds(before, path)}</div>`,
    after
      ? html`<div class="grounds">${status === "changed" && html`<span class="dim">after</span>`}${grounds(after, path)}</div>`
      : html`<p class="bad">missing</p>`,
  ];
  return html`<figure class="mark"><figcaption>${kind} ${badge(status)}<span class="place">${path}</span></figcaption>${shown}</figure>`;
}

function grounds(file: Parameters<typeof imageOf>[0], path: string): Markup {
  return html`<span class="ground light">${imageOf(file, `${path} on white`)}</span><span class="ground dark">${imageOf(file, `${path} on black`)}</span>`;
}

function picture({ path, status, before, after }: ImageReview): Markup {
  const both = status === "changed" && before;
  return html`<figure class="picture-file"><figcaption>picture ${badge(status)}<span class="place">${path}</span></figcaption>
<div class="${both ? "pair" : "single"}">${both && html`<div><span class="dim">before</span>${imageOf(before, `${path} before`)}</div>`}
${after ? html`<div>${both && html`<span class="dim">after</span>`}${imageOf(after, path)}</div>` : html`<p class="bad">${status === "removed" ? "removed" : "missing"}</p>`}</div></figure>`;
}

function badge(status: ImageReview["status"]): Markup {
  return status === "same" ? html`` : html`<span class="badge ${status}">${status}</span>`;
}
