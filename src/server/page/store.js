/** What survives a reload of the page: what was chosen, and everything that was edited. */

const KEY = "connect-webhook-dev";

function read() {
  try {
    return JSON.parse(sessionStorage.getItem(KEY)) ?? {};
  } catch {
    return {};
  }
}

const kept = { drafts: {}, ...read() };

/** A value that was kept. */
export const recall = (name) => kept[name];

export function remember(name, value) {
  kept[name] = value;
  write();
}

/** The edited request of a fixture or a live request; undefined when it is as it came. */
export const draftOf = (key) => kept.drafts[key];

export function keepDraft(key, draft) {
  if (draft === undefined) delete kept.drafts[key];
  else kept.drafts[key] = draft;
  write();
}

export const hasDraft = (key) => Object.hasOwn(kept.drafts, key);

function write() {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(kept));
  } catch {
    // More than the browser keeps: it stays until the page is closed.
  }
}
