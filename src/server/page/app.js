/** The page: what is chosen, what is edited, and what the server says to it. */
import { at, get, listen, post, Refused } from "./api.js";
import { offerColours } from "./colours.js";
import { byId, copy, fill, h, settled, tabs, toast } from "./dom.js";
import { createEditor } from "./editor.js";
import { createFields } from "./fields.js";
import { listenToKeys } from "./keys.js";
import { keyOf, showFixtures, showRequests } from "./lists.js";
import { createResult } from "./result.js";
import { chooseIntegration, saveFixture, showKeys } from "./save.js";
import { draftOf, keepDraft, recall, remember } from "./store.js";

const METHODS = ["POST", "GET", "PUT", "PATCH", "DELETE", "HEAD"];
const TRY_AFTER_MS = 180;

const state = {
  about: { integrations: [], streams: [] },
  /** The integration that is open. */
  view: undefined,
  /** Where the request comes from: `{kind: "fixture", file}` or `{kind: "request", id}`. */
  source: undefined,
  /** The request as it came, to know whether it is edited. */
  original: undefined,
  requests: [],
  /** The fixtures that the filter lets through. */
  shown: [],
  /** Tabs whose content is older than the tree. */
  stale: new Set(),
  /** The integration whose documentation or checklist was asked for last. */
  seen: new Map(),
};

const editor = createEditor(byId("panel-payload"), onInput);
const headers = createFields(
  byId("panel-headers"),
  {
    what: "header",
    suggest: ["Content-Type", "Authorization", "User-Agent"],
    note: "Headers that a service sends. Those that the integration derives from a fixture's name are filled in.",
  },
  onInput,
);
const parameters = createFields(
  byId("panel-parameters"),
  {
    what: "parameter",
    suggest: ["api_key", "stream", "topic", "only_events", "exclude_events"],
    note: "Of the URL. Without a stream the message goes to the bot's owner; topic wins over the integration's own; only_events and exclude_events are JSON lists such as [\"push*\"].",
  },
  onInput,
);
for (const method of METHODS) byId("method").append(h("option", {}, method));
byId("method").addEventListener("change", onInput);
byId("path").addEventListener("input", onInput);

const result = createResult();
const requestTabs = tabs(
  byId("request-tabs"),
  [
    ["payload", "Payload"],
    ["headers", "Headers"],
    ["parameters", "Parameters"],
  ],
  (id) => remember("requestTab", id),
);
const resultTabs = tabs(
  byId("result-tabs"),
  [
    ["message", "Message"],
    ["markdown", "Markdown"],
    ["response", "Response"],
    ["documentation", "Documentation"],
    ["checklist", "Checklist"],
  ],
  (id) => {
    remember("resultTab", id);
    if (state.stale.has(id)) void refreshTab(id);
  },
);

// --- The request that is being written -------------------------------------------------------------------------------

function currentDraft() {
  return {
    method: byId("method").value,
    path: byId("path").value,
    parameters: parameters.pairs,
    headers: headers.pairs,
    body: editor.body,
    encoding: editor.encoding,
  };
}

function showDraft(draft) {
  const method = byId("method");
  if (![...method.options].some(({ value }) => value === draft.method))
    method.append(h("option", {}, draft.method));
  method.value = draft.method;
  byId("path").value = draft.path;
  parameters.show(draft.parameters);
  headers.show(draft.headers);
  editor.show(draft.body, draft.encoding);
  showMarks();
}

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
const isEdited = () => state.original !== undefined && !same(currentDraft(), state.original);

function showMarks() {
  byId("reset").hidden = !isEdited();
  requestTabs.badge("headers", String(headers.pairs.length || ""));
  requestTabs.badge("parameters", String(parameters.pairs.length || ""));
  const { source, view } = state;
  const words =
    source?.kind === "request"
      ? `live request #${source.id}`
      : source?.file || (view ? "no payload" : "");
  byId("send").textContent =
    source?.kind !== "request" ? "Send" : isEdited() ? "Replay edited" : "Replay";
  byId("source").textContent = `${words}${isEdited() ? " · edited" : ""}`;
}

const keep = settled(() => {
  if (!state.view || !state.source) return;
  keepDraft(keyOf(state.view.name, state.source), isEdited() ? currentDraft() : undefined);
  showLists();
}, 120);

function onInput() {
  showMarks();
  keep();
  tryLater();
}

// --- What becomes of it ----------------------------------------------------------------------------------------------

let trying = new AbortController();

/** Asks what would become of the request as it stands. An earlier question that is still open is dropped. */
async function tryNow() {
  trying.abort();
  trying = new AbortController();
  const { signal } = trying;
  byId("timing").dataset.busy = "true";
  try {
    await result.show(await post("try", currentDraft(), signal));
  } catch (error) {
    if (!signal.aborted) result.failed(error);
  } finally {
    if (!signal.aborted) delete byId("timing").dataset.busy;
  }
}

const tryLater = settled(() => void tryNow(), TRY_AFTER_MS);

async function send() {
  try {
    const entry = await post("send", currentDraft());
    await result.show(entry.outcome, entry.summary);
    toast(`Sent: ${entry.outcome.status}`, entry.outcome.status < 400 ? "" : "bad");
  } catch (error) {
    toast(error.message, "bad");
  }
}

// --- Choosing --------------------------------------------------------------------------------------------------------

function showLists() {
  if (state.view) state.shown = showFixtures(state, byId("filter").value, openFixture);
  showRequests(state.requests, state.source, openRequest);
}

async function openIntegration(name, source) {
  try {
    state.view = await get(`integrations/${at(name)}`);
  } catch (error) {
    return showBanner(error);
  }
  const { view } = state;
  const before = recall("integration");
  remember("integration", name);
  if (before !== name) {
    byId("filter").value = "";
    remember("filter", "");
  }
  byId("pick-name").textContent = view.displayName;
  document.title = `${view.displayName} · connect-webhook dev`;
  showAddress();
  markStale("documentation", "checklist");
  const last = recall(`source ${name}`);
  await openSource(source ?? (isThere(last) ? last : firstSource()));
}

const isThere = (source) =>
  source?.kind === "fixture" && state.view.fixtures.some(({ file }) => file === source.file);
const firstSource = () => ({ kind: "fixture", file: state.view.fixtures[0]?.file ?? "" });

function showAddress() {
  const { bot, path, stream } = state.view;
  const query = new URLSearchParams({ ...(bot && { api_key: bot.apiKey }), stream });
  byId("address").value = `${location.origin}${path}?${query}`;
  byId("copy-address").disabled = false;
}

const openFixture = (file) => void openSource({ kind: "fixture", file });
const openRequest = (id) => void openSource({ kind: "request", id });

let opening = new AbortController();

/** Opens a fixture or a served request, with the edits that were made to it. */
async function openSource(source) {
  opening.abort();
  opening = new AbortController();
  const { signal } = opening;
  try {
    const logged =
      source.kind === "request" ? await get(`requests/${source.id}`, signal) : undefined;
    const name = logged?.summary.integration;
    if (name && name !== state.view?.name) return await openIntegration(name, source);
    const original = logged?.draft ?? (await fixtureDraft(source.file, signal));
    state.source = source;
    state.original = original;
    if (source.kind === "fixture") remember(`source ${state.view.name}`, source);
    remember("source", source);
    const edited = draftOf(keyOf(state.view.name, source));
    showDraft(edited ?? original);
    // The rows of headers may not hold a header with an empty name: what is shown is what is compared with.
    if (!edited) state.original = currentDraft();
    showMarks();
    showLists();
    if (logged && !edited) await result.show(logged.outcome, logged.summary);
    else await tryNow();
  } catch (error) {
    if (signal.aborted) return;
    if (source.kind === "request") return openSource(firstSource());
    result.failed(error);
  }
}

function fixtureDraft(file, signal) {
  const base = `integrations/${at(state.view.name)}/draft`;
  return get(file === "" ? base : `${base}/${at(file)}`, signal);
}

function step(by) {
  const { shown, source } = state;
  if (shown.length === 0) return;
  const now = shown.indexOf(source?.kind === "fixture" ? source.file : "");
  openFixture(shown[Math.max(0, Math.min(shown.length - 1, now + by))]);
}

async function reset() {
  if (!isEdited()) return;
  keepDraft(keyOf(state.view.name, state.source), undefined);
  await openSource(state.source);
}

// --- Documentation and checklist -------------------------------------------------------------------------------------

function markStale(...ids) {
  for (const id of ids) state.stale.add(id);
  if (state.stale.has(resultTabs.chosen)) void refreshTab(resultTabs.chosen);
  if (ids.includes("checklist")) resultTabs.badge("checklist", "");
}

async function refreshTab(id) {
  const { name, docPath } = state.view ?? {};
  if (!name) return;
  state.stale.delete(id);
  if (state.seen.get(id) !== name) result.busy(id);
  state.seen.set(id, name);
  try {
    if (id === "documentation") {
      const { html } = await get(`integrations/${at(name)}/documentation`);
      await result.documentation(html, docPath ?? `zerver/webhooks/${name}/doc.md`);
    } else {
      const { items } = await get(`integrations/${at(name)}/checklist`);
      const open = result.checklist(items);
      resultTabs.badge("checklist", open > 0 ? String(open) : "✓", open > 0 ? "warn" : "good");
    }
  } catch (error) {
    state.stale.add(id);
    if (state.view?.name === name) toast(error.message, "bad");
  }
}

// --- What the server says --------------------------------------------------------------------------------------------

const showRequestsSoon = settled(() => showRequests(state.requests, state.source, openRequest), 30);

function onEvent(event) {
  if (event.type === "request") {
    state.requests = [event.summary, ...state.requests].slice(0, 200);
    showRequestsSoon();
  } else if (event.type === "cleared") {
    state.requests = [];
    showRequestsSoon();
  } else if (event.type === "engine") showEngine(event.state);
  else if (event.type === "files") void onFiles(event.paths);
}

/** Files changed: what is not edited here is read again; what is edited stays, and is tried again. */
async function onFiles(paths) {
  await refreshAbout();
  const { view, source } = state;
  if (!view || !source) return;
  try {
    state.view = await get(`integrations/${at(view.name)}`);
  } catch (error) {
    return showBanner(error);
  }
  const fixture = state.view.fixtures.find(({ file }) => file === source.file);
  const changed = fixture && paths.includes(fixture.path);
  if (source.kind === "fixture" && isEdited() && changed)
    toast(`${source.file} changed on disk. Your edits are kept.`);
  else if (source.kind === "fixture" && source.file !== "" && !fixture)
    toast(`${source.file} is gone.`);
  else if (source.kind === "fixture" && !isEdited()) {
    state.original = await fixtureDraft(source.file).catch(() => state.original);
    showDraft(state.original);
    state.original = currentDraft();
  }
  showLists();
  markStale("documentation", "checklist");
  await tryNow();
}

function showEngine({ is, message, hint }) {
  const chip = byId("engine");
  chip.dataset.state = is;
  chip.lastElementChild.textContent = {
    starting: "Starting Python",
    ready: "Ready",
    broken: "Code does not load",
  }[is];
  chip.title = message ?? "";
  if (is === "broken") showBanner({ message, hint });
  else if (is === "ready") byId("banner").hidden = true;
}

function showBanner({ message, hint }) {
  const banner = byId("banner");
  fill(banner, h("b", {}, message), hint ? h("span", {}, ` ${hint}`) : "");
  banner.hidden = false;
}

async function refreshAbout() {
  const about = await get("state");
  state.about = about;
  showEngine(about.engine);
  return about;
}

async function onConnection(connected) {
  if (connected instanceof Refused) {
    return showBanner({
      message: "This page has no access.",
      hint: "Open the address that the terminal shows: the server was started anew, or this is another tab.",
    });
  }
  const chip = byId("engine");
  if (!connected) {
    chip.dataset.state = "broken";
    chip.lastElementChild.textContent = "Not connected";
    return;
  }
  state.requests = await get("requests");
  const { name, integrations } = await refreshAbout();
  showLists();
  if (!state.view) await start(name, integrations);
}

/** What was open when the page was reloaded, else what the command named. */
async function start(name, integrations) {
  byId("filter").value = recall("filter") ?? "";
  const last = recall("integration");
  const known = (wanted) => integrations.some((one) => one.name === wanted);
  const first = known(last) ? last : known(name) ? name : undefined;
  if (first) {
    const source = recall("source");
    await openIntegration(first, first === last && source?.kind === "request" ? source : undefined);
  } else {
    result.waiting("Choose an integration to begin.");
    if (integrations.length > 0) pick();
    else
      showBanner({
        message: "This tree has no integrations.",
        hint: "Make one with `connect-webhook new <name>`.",
      });
  }
}

// --- Buttons and keys ------------------------------------------------------------------------------------------------

const pick = () =>
  chooseIntegration(
    state.about.integrations,
    state.view?.name,
    (name) => void openIntegration(name),
  );

function save() {
  const { view, source } = state;
  if (!view) return;
  const stem =
    source?.kind === "fixture"
      ? source.file.replace(/(\.[^.]*)?$/, "_2$1")
      : `${eventWord()}__captured${endingOf()}`;
  const saving = {
    integration: view.name,
    suggestion: stem === "_2" ? `event__detail${endingOf()}` : stem,
    body: editor.body,
    encoding: editor.encoding,
    directory: view.fixtures[0]?.path.replace(/\/[^/]*$/, "") ?? `${view.name}'s fixtures folder`,
  };
  saveFixture(saving, async (file) => {
    keepDraft(keyOf(view.name, source), undefined);
    state.view = await get(`integrations/${at(view.name)}`);
    openFixture(file);
  });
}

/** The event as a header of the service names it. */
function eventWord() {
  const value = headers.pairs.find(([name]) => /event|topic|trigger/i.test(name))?.[1] ?? "event";
  return (
    value
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "_")
      .replace(/^_+|_+$/g, "") || "event"
  );
}

function endingOf() {
  const type = headers.pairs.find(([name]) => name.toLowerCase() === "content-type")?.[1] ?? "";
  return /multipart/.test(type)
    ? ".multipart"
    : /xml/.test(type)
      ? ".xml"
      : /json/.test(type)
        ? ".json"
        : ".txt";
}

async function copyCurl() {
  try {
    await copy((await post("curl", currentDraft())).command, "curl command");
  } catch (error) {
    toast(error.message, "bad");
  }
}

byId("pick").addEventListener("click", pick);
byId("send").addEventListener("click", () => void send());
byId("save").addEventListener("click", save);
byId("curl").addEventListener("click", () => void copyCurl());
byId("reset").addEventListener("click", () => void reset());
byId("clear").addEventListener("click", () => void post("requests/clear"));
byId("copy-address").addEventListener(
  "click",
  () => void copy(byId("address").value, "Webhook URL"),
);
byId("address").addEventListener("focus", () => byId("address").select());
byId("filter").addEventListener("input", () => {
  remember("filter", byId("filter").value);
  showLists();
});
byId("filter").addEventListener("keydown", (event) => {
  if (event.key === "Enter" && state.shown[0]) openFixture(state.shown[0]);
});
const keys = listenToKeys({
  pick,
  step,
  send: () => void send(),
  save,
  reset: () => void reset(),
  curl: () => void copyCurl(),
  filter: () => byId("filter").focus(),
  latest: () => state.requests[0] && openRequest(state.requests[0].id),
  edit() {
    requestTabs.choose("payload");
    editor.area.focus();
  },
  headers() {
    requestTabs.choose("headers");
    headers.focus();
  },
  parameters() {
    requestTabs.choose("parameters");
    parameters.focus();
  },
  tab: (id) => resultTabs.choose(id),
  leave: () => document.activeElement?.blur(),
  help: () => showKeys(keys),
});
byId("help").addEventListener("click", () => showKeys(keys));

offerColours(byId("theme"));
requestTabs.choose(recall("requestTab") ?? "payload");
resultTabs.choose(recall("resultTab") ?? "message");
result.waiting("Starting Python …");
showRequests([], undefined, openRequest);
void listen(
  onEvent,
  (connected) => void onConnection(connected).catch((error) => showBanner(error)),
);
