/** What buttons, the filters and keys do. */
import { SWITCHES, type Switch } from "./all-filter.ts";
import { showKeys } from "./dialogs.ts";
import { byId, copy } from "./dom.ts";
import { type KeyActions, listenToKeys } from "./keys.ts";

/** What there is to do, by name. */
export interface Actions extends Omit<KeyActions, "filter" | "leave" | "help"> {
  clear(): void;
  one(): void;
  all(): void;
  first(): void;
  filterFixtures(words: string): void;
  filterRequests(words: string): void;
}

const BUTTONS = {
  pick: "pick",
  send: "send",
  save: "save",
  curl: "curl",
  reset: "reset",
  clear: "clear",
  "send-all": "sendAll",
  "one-message": "one",
  "all-messages": "all",
  "mark-seen": "markSeen",
} as const;

export function listenToButtons(actions: Actions): void {
  for (const [id, name] of Object.entries(BUTTONS))
    byId(id).addEventListener("click", () => actions[name]());
  for (const [which, id] of Object.entries(SWITCHES))
    byId(id).addEventListener("click", () => actions.narrow(which as Switch));
  const address = byId<HTMLInputElement>("address");
  address.addEventListener("focus", () => address.select());
  byId("copy-address").addEventListener("click", () => void copy(address.value, "Webhook URL"));
  const filter = byId<HTMLInputElement>("filter");
  filter.addEventListener("input", () => actions.filterFixtures(filter.value));
  filter.addEventListener("keydown", (event) => {
    if (event.key === "Enter") actions.first();
  });
  const live = byId<HTMLInputElement>("live-filter");
  live.addEventListener("input", () => actions.filterRequests(live.value));
  const help = (): void => showKeys(keys);
  byId("help").addEventListener("click", help);
  const keys = listenToKeys({
    ...actions,
    help,
    filter: () => filter.focus(),
    leave: () => (document.activeElement as HTMLElement | null)?.blur(),
  });
}
