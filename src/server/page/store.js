/** What survives a reload of the page: what was chosen, and everything that was edited. */
import { settled } from "./dom.js";

const KEY = "connect-webhook-dev";

function read() {
  try {
    return JSON.parse(sessionStorage.getItem(KEY)) ?? {};
  } catch {
    return {};
  }
}

const kept = { drafts: {}, ...read() };
/** Every key changes a draft, and drafts can be large. */
const writeSoon = settled(write, 200);
addEventListener("pagehide", write);

/** The key under which the edits of a source are kept. */
export const keyOf = (name, source) =>
  source.kind === "request" ? `request ${source.id}` : `fixture ${name}/${source.file}`;

/** A value that was kept. */
export const recall = (name) => kept[name];

export function remember(name, value) {
  kept[name] = value;
  writeSoon();
}

/** The edited request of a fixture or a live request; undefined when it is as it came. */
export const draftOf = (key) => kept.drafts[key];

/** Keeps a draft at once; `undefined` forgets it. */
export function keepDraft(key, draft) {
  if (draft === undefined) delete kept.drafts[key];
  else kept.drafts[key] = draft;
  writeSoon();
}

export const hasDraft = (key) => Object.hasOwn(kept.drafts, key);

function write() {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(kept));
  } catch {
    // More than the browser keeps: it stays until the page is closed.
  }
}
