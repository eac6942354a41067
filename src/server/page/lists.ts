/** The two lists at the left: fixtures, and the requests that were served. */
import { button, byId, fill, h } from "./dom.ts";
import type { IntegrationView, LoggedSummary, OpenSource } from "./model.ts";
import { hasDraft, keyOf } from "./store.ts";

type Source = OpenSource | undefined;

/** What a filter asks for: every word has to be somewhere in the text. */
export function matches(filter: string, ...texts: (string | undefined)[]): boolean {
  const text = texts.join(" ").toLowerCase();
  return filter
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

const countText = (shown: number, all: number): string =>
  shown === all ? String(all || "") : `${shown} of ${all}`;

export interface FixtureActions {
  openFixture(file: string): void;
  /** What is said beside a fixture, where there is something to say. */
  mark(file: string): "fails" | "changed" | undefined;
}

/**
 * Shows the fixtures whose name holds the filter's words.
 * @param source What is open, or is being opened.
 * @returns The files that are shown.
 */
export function showFixtures(
  { name, fixtures }: IntegrationView,
  source: Source,
  filter: string,
  { openFixture, mark }: FixtureActions,
): string[] {
  const shown = fixtures.filter(({ file }) => matches(filter, file));
  byId("fixture-count").textContent = countText(shown.length, fixtures.length);
  byId("send-all").hidden = shown.length === 0;
  const rows = shown.map(({ file, path }) => {
    const [, stem = file, ending = ""] = /^(.*?)(\.[^.]*)?$/.exec(file) ?? [];
    const [event = stem, ...rest] = stem.split("__");
    const marked = mark(file);
    const isEdited = hasDraft(keyOf(name, { kind: "fixture", file }));
    return row(
      source?.kind === "fixture" && source.file === file,
      () => openFixture(file),
      { title: path, "data-file": file },
      h(
        "span.name",
        {},
        rest.length > 0 ? [h("b", {}, event), h("span.muted", {}, ` ${rest.join(" ")}`)] : event,
      ),
      ending !== ".json" && h("span.tag", {}, ending.slice(1)),
      marked !== undefined && h("span.mark", { "data-kind": marked }, marked),
      isEdited && h("span.dot", { role: "img", title: "Edited here", "aria-label": "Edited here" }),
    );
  });
  const nothing =
    fixtures.length === 0
      ? "No fixtures yet. Send a request to the webhook URL, or write a payload, and save it as one."
      : "No fixture has these words.";
  showRows(byId("fixtures"), rows, nothing);
  return shown.map(({ file }) => file);
}

/** Puts the focus on a fixture in the list, where it is shown. */
export function focusFixture(file: string): void {
  byId("fixtures")
    .querySelector<HTMLElement>(`[data-file="${CSS.escape(file)}"]`)
    ?.focus();
}

/** What can be done with a request in the list. */
export interface RequestActions {
  open(id: number): void;
  pin(id: number, pinned: boolean): void;
  /** Beside the one that is open. */
  compare(id: number): void;
}

/** Shows what the endpoint served: pinned ones first, then the latest. */
export function showRequests(
  requests: readonly LoggedSummary[],
  source: Source,
  filter: string,
  actions: RequestActions,
): void {
  byId("clear").hidden = requests.length === 0;
  const shown = requests.filter(({ status, method, path, integration, about, event, header }) =>
    matches(filter, String(status), method, path, integration, about, event, header),
  );
  byId("live-filter").hidden = requests.length === 0;
  byId("live-count").textContent = countText(shown.length, requests.length);
  const ordered = [
    ...shown.filter(({ pinned }) => pinned),
    ...shown.filter(({ pinned }) => !pinned),
  ];
  const rows = ordered.map((summary) => requestRow(summary, source, actions));
  const nothing =
    requests.length === 0
      ? "Requests to the webhook URL appear here as they come."
      : "No request has these words.";
  showRows(byId("requests"), rows, nothing);
}

function requestRow(summary: LoggedSummary, source: Source, actions: RequestActions): HTMLElement {
  const { id, at, method, path, integration, status, durationMs, about, event, header, pinned } =
    summary;
  const isOpen = source?.kind === "request" && source.id === id;
  const line = row(
    isOpen,
    () => actions.open(id),
    { title: `${method} ${path} · ${Math.round(durationMs)} ms`, "data-request": String(id) },
    h(
      "span.outcome",
      {},
      h("span.status", { "data-kind": kindOf(status) }, String(status)),
      h("time", { dateTime: new Date(at).toISOString() }, timeOf(at)),
    ),
    h(
      "span.two",
      {},
      h(
        "span.title",
        {},
        h("b", {}, integration ?? path),
        event !== undefined && h("span.tag", {}, event),
      ),
      h("span.muted", {}, about),
      header !== undefined && h("code.muted", {}, `${header}: ${event}`),
    ),
  );
  const pin = button("quiet.icon", "📌", () => actions.pin(id, !pinned), {
    "aria-label": `Pin request ${id}`,
    "aria-pressed": String(pinned),
    title: pinned ? "Pinned: it stays first, and is kept" : "Pin it: it stays first, and is kept",
  });
  const compare = button("quiet.icon", "⇄", () => actions.compare(id), {
    "aria-label": `Compare request ${id} with the open one`,
    title: "Compare it with the open request",
    disabled: isOpen,
  });
  line.classList.add("request-row");
  line.append(h("span.row-actions", {}, pin, compare));
  return line;
}

/** Rows in the place of those there are. The one that has the focus keeps it; one that is newly open is scrolled to. */
function showRows(list: HTMLElement, rows: readonly HTMLElement[], nothing: string): void {
  const idOf = (row: HTMLElement | null): string | undefined =>
    row?.dataset.file ?? row?.dataset.request ?? row?.getAttribute("aria-label") ?? undefined;
  const active = document.activeElement as HTMLElement | null;
  const focused = list.contains(active) ? idOf(active) : undefined;
  const before = idOf(list.querySelector<HTMLElement>("[aria-current]"));
  fill(list, rows.length > 0 ? rows : h("li.empty", {}, nothing));
  const current = list.querySelector<HTMLElement>("[aria-current]");
  if (current && idOf(current) !== before) current.scrollIntoView({ block: "nearest" });
  if (focused === undefined) return;
  const buttons = [...list.querySelectorAll("button")];
  buttons.find((one) => idOf(one) === focused)?.focus({ preventScroll: true });
}

function row(
  isCurrent: boolean,
  open: () => void,
  properties: Record<string, unknown>,
  ...children: Parameters<typeof h>[2][]
): HTMLElement {
  const current = isCurrent ? { "aria-current": "true" } : {};
  return h(
    "li",
    {},
    h("button.row", { type: "button", onclick: open, ...properties, ...current }, ...children),
  );
}

export type Kind = "good" | "warn" | "bad";

export const kindOf = (status: number): Kind =>
  status < 400 ? "good" : status < 500 ? "warn" : "bad";

export const timeOf = (at: number): string => new Date(at).toTimeString().slice(0, 8);
