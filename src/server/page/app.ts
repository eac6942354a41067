/** The page: its parts, and what they tell each other. */
import { createAbout } from "./about.ts";
import { createActions } from "./actions.ts";
import { createAllMessages } from "./all-messages.ts";
import { get } from "./api.ts";
import { listenToButtons } from "./buttons.ts";
import { offerColours } from "./colours.ts";
import { byId, settled, toast } from "./dom.ts";
import { nameTab, showAddress } from "./heading.ts";
import { focusFixture, showFixtures, showRequests } from "./lists.ts";
import { listenToServer } from "./live.ts";
import { type IntegrationView, type Open, type StateView, same, type View } from "./model.ts";
import { createNavigation } from "./navigation.ts";
import { createOpening, has, reread } from "./opening.ts";
import { createOutcomes } from "./outcomes.ts";
import { createRequest } from "./request.ts";
import { createResult } from "./result.ts";
import { createSelection } from "./selection.ts";
import { createStatus } from "./status.ts";
import { draftOf, forgetRequests, keepDraft, keyOf, recall, remember } from "./store.ts";
import { createTabs, type Tabs } from "./tabs.ts";
import { createViews } from "./views.ts";

/** The integrations there are, and the one that the command named. */
let tree: Pick<StateView, "integrations" | "name"> = { integrations: [], name: undefined };
/** The fixtures that the filter lets through. */
let filtered: string[] = [];

const status = createStatus();
const result = createResult();
const request = createRequest(onInput);
const outcomes = createOutcomes(() => request.draft, result);
const about = createAbout(result, (): Tabs => resultTabs);
const resultTabs = createTabs(
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
const selection = createSelection({
  async reload(now, signal) {
    tree = await get<StateView>("state", signal);
    return reread(now, signal);
  },
  onOpen,
  onReload,
  onWanted,
  onError: (error) => {
    status.say("opening", error);
    if (!selection.now.source) result.failed(error);
    else if (!isEdited()) showAgain();
  },
});
const opening = createOpening(selection, () => views.show("one"));
const all = createAllMessages({
  open(file) {
    void opening.openFixture(file);
    focusFixture(file);
  },
  onCount: showTitle,
});
const views = createViews(onView);
const navigation = createNavigation({
  selection,
  opening,
  views,
  tree: () => tree,
  onNothing: showNothing,
});
/** What is shown of one message is of the tree before the last edit: it was not looked at then. */
let isOld = false;
const actions = createActions({
  selection,
  opening,
  draft: () => request.draft,
  integrations: () => tree.integrations,
  filtered: () => filtered,
});

// --- What is open ----------------------------------------------------------------------------------------------------

const keyOfNow = (): string | undefined => {
  const { integration, source } = selection.now;
  return source && keyOf(integration?.name, source);
};
const isEdited = (): boolean =>
  selection.now.original !== undefined && !same(request.draft, selection.now.original);
const keepNow = (isKept: boolean): void => {
  const key = keyOfNow();
  if (key !== undefined) keepDraft(key, isKept ? request.draft : undefined);
};

function onOpen({ integration, source, original }: Open, before: Open): void {
  status.say("opening", undefined);
  if (!source || !original) return;
  if (source.kind === "fixture" && integration) remember(`source ${integration.name}`, source);
  remember("source", source);
  if (integration && integration.name !== before.integration?.name) showIntegration(integration);
  outcomes.leave();
  request.show(draftOf(keyOf(integration?.name, source)) ?? original);
  showOpen();
  showAgain();
  if (views.now === "all" && integration) all.show(integration.name);
  navigation.keep();
}

function onView(now: View): void {
  const { integration } = selection.now;
  if (now === "one") all.hide();
  else if (integration) all.show(integration.name);
  showTitle();
  // What is being opened will be shown, and is an address of its own.
  if (selection.isOpening) return;
  navigation.keep();
  if (isOld && now === "one") showAgain();
}

/** The result of what is open: of a served request what became of it then, of all else what becomes of it now. */
function showAgain(): void {
  const { logged } = selection.now;
  if (logged && !isEdited()) outcomes.show(logged);
  else tryNow();
}

function tryNow(): void {
  isOld = views.now === "all";
  if (!isOld) void outcomes.tryNow();
}

/** What is edited here stays, and is tried again; what is not is shown as it is on the disk. */
function onReload({ integration, source, original }: Open, before: Open): void {
  if (!source || !original) {
    navigation.begin();
    return;
  }
  status.say("opening", undefined);
  const isKept = !same(request.draft, before.original);
  const file = source.kind === "fixture" ? source.file : "";
  if (!isKept) request.show(original);
  else if (!isEdited()) keepNow(false);
  else if (!same(original, before.original)) toast(`${file} changed on disk. Your edits are kept.`);
  if (integration) {
    if (has(before.integration, source) && !has(integration, source)) toast(`${file} is gone.`);
    showAddress(integration);
    about.of(integration);
  }
  showOpen();
  if (source.kind === "fixture" || isEdited()) tryNow();
}

function onInput(): void {
  if (!selection.now.source) return;
  keepNow(isEdited());
  showMarks();
  showListsSoon();
  outcomes.tryLater();
}

/** All edits are taken back: the request is as it came. */
function reset(): void {
  const { original } = selection.now;
  if (!original || !isEdited()) return;
  keepNow(false);
  request.show(original);
  showOpen();
  showAgain();
}

function showIntegration(integration: IntegrationView): void {
  if (recall("integration") !== integration.name) {
    byId<HTMLInputElement>("filter").value = "";
    remember("filter", "");
    all.filter("");
  }
  remember("integration", integration.name);
  showTitle();
  showAddress(integration);
  about.of(integration);
}

function showTitle(): void {
  nameTab(selection.now.integration, views.now, all.changed);
  showListsSoon();
}

function showOpen(): void {
  onWanted();
  showMarks();
}

/** The lists and the picker name what is being opened: that is what was clicked. */
function onWanted(): void {
  const { name } = selection.wanted;
  const named = tree.integrations.find((one) => one.name === name) ?? selection.now.integration;
  byId("pick-name").textContent = named?.displayName ?? "Choose an integration";
  byId("pick").setAttribute("aria-busy", String(selection.isOpening));
  showLists();
}

function showLists(): void {
  const { integration } = selection.now;
  const { source } = selection.wanted;
  const filterIn = (id: string): string => byId<HTMLInputElement>(id).value;
  if (integration)
    filtered = showFixtures(integration, source, filterIn("filter"), { ...opening, ...all });
  showRequests(live.requests, source, filterIn("live-filter"), {
    open: (id) => void opening.openRequest(id),
    pin: actions.pin,
    compare: actions.compare,
  });
}
const showListsSoon = settled(showLists, 30);

function showMarks(): void {
  const { integration, source } = selection.now;
  if (!source) return;
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
    if (recall("started") !== state.started) forgetRequests();
    remember("started", state.started);
    navigation.begin();
  },
  files() {
    selection.treeChanged();
    all.treeChanged();
  },
  head: all.treeChanged,
  connected: status.connection,
  failed: (error) => status.say("connection", error),
});

function showNothing(): void {
  result.waiting("Choose an integration to begin.");
  if (tree.integrations.length === 0)
    status.say("opening", {
      message: "This tree has no integrations.",
      hint: "Make one with `connect-webhook new <name>`.",
    });
  else if (!document.querySelector("dialog[open]")) actions.pick();
}

// --- Buttons and keys ------------------------------------------------------------------------------------------------

listenToButtons({
  ...actions,
  send: views.inOne(() => void outcomes.send()),
  save: views.inOne(actions.save),
  curl: views.inOne(actions.curl),
  reset: views.inOne(reset),
  one: () => views.show("one"),
  all: () => views.show("all"),
  turn: () => views.show(views.now === "one" ? "all" : "one"),
  narrow: all.turn,
  markSeen: all.markSeen,
  step: (by) => (views.now === "all" ? all.step(by) : opening.step(by, filtered)),
  first: () => filtered[0] !== undefined && void opening.openFixture(filtered[0]),
  latest: () => live.requests[0] && void opening.openRequest(live.requests[0].id),
  edit(part) {
    views.show("one");
    request.edit(part);
  },
  tab(id) {
    views.show("one");
    resultTabs.choose(id);
  },
  filterFixtures(words) {
    remember("filter", words);
    all.filter(words);
    showLists();
  },
  filterRequests: () => showLists(),
});

offerColours(byId<HTMLButtonElement>("theme"));
byId<HTMLInputElement>("filter").value = recall("filter") ?? "";
all.filter(recall("filter") ?? "");
resultTabs.choose(recall("resultTab") ?? "message");
result.waiting("Starting Python …");
showLists();
