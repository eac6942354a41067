/** What survives a reload of the page: what was chosen, and everything that was edited. */
import { settled } from "./dom.ts";
import type { Draft, OpenSource } from "./model.ts";

const KEY = "connect-webhook-dev";
const REQUEST = "request ";

interface Kept {
  drafts: Record<string, Draft>;
  [name: string]: unknown;
}

function read(): Partial<Kept> {
  try {
    return JSON.parse(sessionStorage.getItem(KEY) ?? "") ?? {};
  } catch {
    return {};
  }
}

const kept: Kept = { drafts: {}, ...read() };
/** Every key changes a draft, and drafts can be large. */
const writeSoon = settled(write, 200);
addEventListener("pagehide", write);

/** The key under which the edits of a source are kept. */
export const keyOf = (name: string | undefined, source: OpenSource): string =>
  source.kind === "request" ? `${REQUEST}${source.id}` : `fixture ${name}/${source.file}`;

/** A value that was kept. */
export const recall = <T>(name: string): T | undefined => kept[name] as T | undefined;

export function remember(name: string, value: unknown): void {
  kept[name] = value;
  writeSoon();
}

/** The edited request of a fixture or a live request; undefined when it is as it came. */
export const draftOf = (key: string): Draft | undefined => kept.drafts[key];

/** Keeps a draft at once; `undefined` forgets it. */
export function keepDraft(key: string, draft: Draft | undefined): void {
  if (draft === undefined) delete kept.drafts[key];
  else kept.drafts[key] = draft;
  writeSoon();
}

export const hasDraft = (key: string): boolean => Object.hasOwn(kept.drafts, key);

/** The server was started anew: it counts its requests from one again. */
export function forgetRequests(): void {
  for (const key of Object.keys(kept.drafts)) if (key.startsWith(REQUEST)) delete kept.drafts[key];
  writeSoon();
}

function write(): void {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(kept));
  } catch {
    // More than the browser keeps: it stays until the page is closed.
  }
}
