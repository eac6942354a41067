/** What buttons and keys do with what is open, and with the lists. */
import { post } from "./api.ts";
import { copy, toast } from "./dom.ts";
import type { Draft, StateView } from "./model.ts";
import type { Opening } from "./opening.ts";
import { chooseIntegration } from "./picking.ts";
import { saveFixture } from "./saving.ts";
import type { Selection } from "./selection.ts";

interface Parts {
  selection: Selection;
  opening: Opening;
  /** The request as it stands. */
  draft(): Draft;
  integrations(): StateView["integrations"];
  /** The fixtures that the filter lets through. */
  filtered(): string[];
}

/** Each says so when it fails. */
export interface Actions {
  pick(): void;
  sendAll(): void;
  save(): void;
  curl(): void;
  clear(): void;
  pin(id: number, pinned: boolean): void;
  compare(id: number): void;
}

export function createActions(parts: Parts): Actions {
  const { selection, opening } = parts;

  function pick(): void {
    const integrations = parts.integrations();
    // Until they are known; the page asks by itself then.
    if (integrations.length === 0) return;
    chooseIntegration(
      integrations,
      selection.wanted.name,
      (name) => void opening.openIntegration(name),
    );
  }

  async function copyCurl(): Promise<void> {
    const { command } = await post<{ command: string }>("curl", parts.draft());
    await copy(command, "curl command");
  }

  async function compare(id: number): Promise<void> {
    const { source } = selection.now;
    if (source?.kind !== "request") {
      toast("Open a live request first: it is compared with the one that is open.");
      return;
    }
    const { compareRequests } = await import("./comparing.ts");
    await compareRequests(Math.min(id, source.id), Math.max(id, source.id));
  }

  async function sendAllFixtures(): Promise<void> {
    const { integration } = selection.now;
    const filtered = parts.filtered();
    if (!integration || filtered.length === 0) return;
    const { sendAll } = await import("./sending-all.ts");
    sendAll(integration.name, filtered, (id) => void opening.openRequest(id));
  }

  return {
    pick,
    sendAll: () => tell(sendAllFixtures()),
    save: () => saveFixture(selection, opening, parts.draft()),
    curl: () => tell(copyCurl()),
    clear: () => tell(post("requests/clear")),
    pin: (id, pinned) => tell(post(`requests/${id}/pin`, { pinned })),
    compare: (id) => tell(compare(id)),
  };
}

function tell(work: Promise<unknown>): void {
  work.catch((error: Error) => toast(error.message, "bad"));
}
