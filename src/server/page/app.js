/** The page: its parts, and what they tell each other. */
import { createAbout } from "./about.js";
import { get, post, Refused } from "./api.js";
import { listenToButtons } from "./buttons.js";
import { offerColours } from "./colours.js";
import { chooseIntegration } from "./dialogs.js";
import { byId, copy, settled, tabs, toast } from "./dom.js";
import { showFixtures, showRequests } from "./lists.js";
import { listenToServer } from "./live.js";
import { createOpening, has, reread } from "./opening.js";
import { createOutcomes } from "./outcomes.js";
import { createRequest, same } from "./request.js";
import { createResult } from "./result.js";
import { saveFixture } from "./saving.js";
import { createSelection } from "./selection.js";
import { createStatus } from "./status.js";
import { draftOf, keepDraft, keyOf, recall, remember } from "./store.js";

/** The integrations there are, and the one that the command named. */
let tree = { integrations: [], name: undefined };
/** The fixtures that the filter lets through. */
let filtered = [];

const status = createStatus();
const result = createResult();
const request = createRequest(onInput);
const outcomes = createOutcomes(() => request.draft, result);
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
    about.look(id);
  },
);
const about = createAbout(result, resultTabs);
const selection = createSelection({
  async reload(now, signal) {
    tree = await get("state", signal);
    return reread(now, signal);
  },
  onOpen,
  onReload,
  onWanted,
  onError: (error) => {
    status.say("opening", error);
    if (!selection.now.source) result.failed(error);
  },
});
const opening = createOpening(selection);

// --- What is open ----------------------------------------------------------------------------------------------------

const keyOfNow = () => keyOf(selection.now.integration?.name, selection.now.source);
const isEdited = () =>
  selection.now.source !== undefined && !same(request.draft, selection.now.original);

function onOpen(now, before) {
  status.say("opening", undefined);
  const { integration, source, original, logged } = now;
  if (source.kind === "fixture") remember(`source ${integration.name}`, source);
  remember("source", source);
  if (integration && integration.name !== before.integration?.name) showIntegration(integration);
  request.show(draftOf(keyOfNow()) ?? original);
  showOpen();
  if (logged && !isEdited()) outcomes.show(logged);
  else void outcomes.tryNow();
}

/** What is edited here stays, and is tried again; what is not is shown as it is on the disk. */
function onReload(now, before) {
  if (!now.source) return begin();
  status.say("opening", undefined);
  const { integration, source, original } = now;
  const isKept = !same(request.draft, before.original);
  if (!isKept) request.show(original);
  else if (!isEdited()) keepDraft(keyOfNow(), undefined);
  else if (!same(original, before.original))
    toast(`${source.file} changed on disk. Your edits are kept.`);
  if (integration) {
    if (has(before.integration, source) && !has(integration, source))
      toast(`${source.file} is gone.`);
    showAddress(integration);
    about.of(integration);
  }
  showOpen();
  void outcomes.tryNow();
}

function onInput() {
  if (!selection.now.source) return;
  keepDraft(keyOfNow(), isEdited() ? request.draft : undefined);
  showMarks();
  showListsSoon();
  outcomes.tryLater();
}

/** All edits are taken back: the request is as it came. */
function reset() {
  if (!isEdited()) return;
  const { original, logged } = selection.now;
  keepDraft(keyOfNow(), undefined);
  request.show(original);
  showOpen();
  if (logged) outcomes.show(logged);
  else void outcomes.tryNow();
}

function showIntegration(integration) {
  if (recall("integration") !== integration.name) {
    byId("filter").value = "";
    remember("filter", "");
  }
  remember("integration", integration.name);
  document.title = `${integration.displayName} · connect-webhook dev`;
  showAddress(integration);
  about.of(integration);
}

function showAddress({ bot, path, stream }) {
  const query = new URLSearchParams({ ...(bot && { api_key: bot.apiKey }), stream });
  byId("address").value = `${location.origin}${path}?${query}`;
  byId("copy-address").disabled = false;
}

function showOpen() {
  onWanted();
  showMarks();
}

/** The lists and the picker name what is being opened: that is what was clicked. */
function onWanted() {
  const { name } = selection.wanted;
  const { displayName } =
    tree.integrations.find((one) => one.name === name) ?? selection.now.integration ?? {};
  byId("pick-name").textContent = displayName ?? "Choose an integration";
  byId("pick").setAttribute("aria-busy", String(selection.isOpening));
  showLists();
}

function showLists() {
  const { integration } = selection.now;
  const { source } = selection.wanted;
  if (integration)
    filtered = showFixtures(integration, source, byId("filter").value, opening.openFixture);
  showRequests(live.requests, source, opening.openRequest);
}
const showListsSoon = settled(showLists, 30);

function showMarks() {
  const { integration, source } = selection.now;
  if (source.kind === "request") {
    request.mark(`live request #${source.id}`, isEdited() ? "Replay edited" : "Replay", isEdited());
  } else {
    const gone = source.file === "" || has(integration, source) ? "" : " · gone from the disk";
    request.mark(`${source.file || "no payload"}${gone}`, "Send", isEdited());
  }
}

// --- What the server says --------------------------------------------------------------------------------------------

const live = listenToServer({
  requests: () => showListsSoon(),
  engine: status.engine,
  about(state) {
    tree = state;
    begin();
  },
  files: () => selection.treeChanged(),
  connected(state) {
    if (state instanceof Refused) {
      status.say("connection", {
        message: "This page has no access.",
        hint: "Open the address that the terminal shows: the server was started anew, or this is another tab.",
      });
    } else if (!state) status.notConnected();
  },
  failed: (error) => status.say("connection", error),
});

/** Opens what was open when the page was reloaded, else what the command named; unless something is open. */
function begin() {
  if (selection.now.source || selection.isOpening) return;
  const { name, integrations } = tree;
  const last = recall("integration");
  const first = [last, name].find((wanted) => integrations.some((one) => one.name === wanted));
  if (first) {
    const source = first === last ? recall("source") : undefined;
    void opening.openIntegration(first, source?.kind === "request" ? source : undefined);
    return;
  }
  result.waiting("Choose an integration to begin.");
  if (integrations.length === 0)
    status.say("opening", {
      message: "This tree has no integrations.",
      hint: "Make one with `connect-webhook new <name>`.",
    });
  else if (!document.querySelector("dialog[open]")) pick();
}

// --- Buttons and keys ------------------------------------------------------------------------------------------------

function pick() {
  // Until they are known; the page asks by itself then.
  if (tree.integrations.length === 0) return;
  chooseIntegration(
    tree.integrations,
    selection.wanted.name,
    (name) => void opening.openIntegration(name),
  );
}

async function copyCurl() {
  try {
    await copy((await post("curl", request.draft)).command, "curl command");
  } catch (error) {
    toast(error.message, "bad");
  }
}

const actions = {
  pick,
  send: () => void outcomes.send(),
  save: () => saveFixture(selection, opening, request.draft),
  reset,
  curl: () => void copyCurl(),
  clear: () => void post("requests/clear"),
  step: (by) => opening.step(by, filtered),
  first: () => filtered[0] && void opening.openFixture(filtered[0]),
  latest: () => live.requests[0] && void opening.openRequest(live.requests[0].id),
  edit: request.edit,
  tab: resultTabs.choose,
  filter(words) {
    remember("filter", words);
    showLists();
  },
};
listenToButtons(actions);

offerColours(byId("theme"));
byId("filter").value = recall("filter") ?? "";
resultTabs.choose(recall("resultTab") ?? "message");
result.waiting("Starting Python …");
showLists();
