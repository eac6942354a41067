/** What buttons, the filter and keys do. */
import { showKeys } from "./dialogs.js";
import { byId, copy } from "./dom.js";
import { listenToKeys } from "./keys.js";

/** @param actions What there is to do, by name. */
export function listenToButtons(actions) {
  for (const id of ["pick", "send", "save", "curl", "reset", "clear"])
    byId(id).addEventListener("click", () => actions[id]());
  const address = byId("address");
  address.addEventListener("focus", () => address.select());
  byId("copy-address").addEventListener("click", () => void copy(address.value, "Webhook URL"));
  const filter = byId("filter");
  filter.addEventListener("input", () => actions.filter(filter.value));
  filter.addEventListener("keydown", (event) => {
    if (event.key === "Enter") actions.first();
  });
  const help = () => showKeys(keys);
  byId("help").addEventListener("click", help);
  const keys = listenToKeys({
    ...actions,
    help,
    filter: () => filter.focus(),
    edit: () => actions.edit("payload"),
    headers: () => actions.edit("headers"),
    parameters: () => actions.edit("parameters"),
    leave: () => document.activeElement?.blur(),
  });
}
