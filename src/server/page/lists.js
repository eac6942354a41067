/** The two lists at the left: fixtures, and the requests that were served. */
import { byId, fill, h } from "./dom.js";
import { hasDraft, keyOf } from "./store.js";

/**
 * Shows the fixtures whose name holds the filter's words.
 * @param source What is open, or is being opened.
 * @returns The files that are shown.
 */
export function showFixtures(integration, source, filter, open) {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const shown = integration.fixtures.filter(({ file }) =>
    words.every((word) => file.toLowerCase().includes(word)),
  );
  byId("fixture-count").textContent =
    words.length > 0
      ? `${shown.length} of ${integration.fixtures.length}`
      : String(integration.fixtures.length || "");
  const rows = shown.map(({ file, path }) => {
    const [, stem, ending] = /^(.*?)(\.[^.]*)?$/.exec(file);
    const [event, ...rest] = stem.split("__");
    return row(
      source?.kind === "fixture" && source.file === file,
      () => open(file),
      { title: path, "data-file": file },
      h(
        "span.name",
        {},
        rest.length > 0 ? [h("b", {}, event), h("span.muted", {}, ` ${rest.join(" ")}`)] : event,
      ),
      ending === ".json" ? undefined : h("span.tag", {}, ending?.slice(1) ?? ""),
      hasDraft(keyOf(integration.name, { kind: "fixture", file }))
        ? h("span.dot", { title: "Edited here" })
        : undefined,
    );
  });
  const nothing =
    integration.fixtures.length === 0
      ? "No fixtures yet. Send a request to the webhook URL, or write a payload, and save it as one."
      : "No fixture has these words.";
  showRows(byId("fixtures"), rows, nothing);
  return shown.map(({ file }) => file);
}

/** Shows what the endpoint served. */
export function showRequests(requests, source, open) {
  byId("clear").hidden = requests.length === 0;
  byId("live-count").textContent = requests.length > 0 ? String(requests.length) : "";
  const rows = requests.map((request) => {
    const { id, at, method, path, integration, status, durationMs, about } = request;
    return row(
      source?.kind === "request" && source.id === id,
      () => open(id),
      { title: `${method} ${path} · ${Math.round(durationMs)} ms`, "data-request": String(id) },
      h("span.status", { "data-kind": kindOf(status) }, String(status)),
      h("span.two", {}, h("b", {}, integration ?? path), h("span.muted", {}, about)),
      h("time", { dateTime: new Date(at).toISOString() }, timeOf(at)),
    );
  });
  showRows(byId("requests"), rows, "Requests to the webhook URL appear here as they come.");
}

/** Rows in the place of those there are. The one that has the focus keeps it; one that is newly open is scrolled to. */
function showRows(list, rows, nothing) {
  const idOf = (button) => button?.dataset.file ?? button?.dataset.request;
  const focused = list.contains(document.activeElement) ? idOf(document.activeElement) : undefined;
  const before = idOf(list.querySelector("[aria-current]"));
  fill(list, rows.length > 0 ? rows : h("li.empty", {}, nothing));
  const current = list.querySelector("[aria-current]");
  if (current && idOf(current) !== before) current.scrollIntoView({ block: "nearest" });
  if (focused !== undefined)
    [...list.querySelectorAll("button")]
      .find((button) => idOf(button) === focused)
      ?.focus({ preventScroll: true });
}

function row(isCurrent, open, properties, ...children) {
  const button = h("button.row", { type: "button", onclick: open, ...properties }, ...children);
  if (isCurrent) button.setAttribute("aria-current", "true");
  return h("li", {}, button);
}

export const kindOf = (status) => (status < 400 ? "good" : status < 500 ? "warn" : "bad");

export const timeOf = (at) => new Date(at).toTimeString().slice(0, 8);
