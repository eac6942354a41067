/** The keyboard: one table that both acts and is shown. */
import type { Switch } from "./all-filter.ts";

const IS_MAC = /Mac|iP(hone|ad)/.test(navigator.platform);
const MOD = IS_MAC ? "⌘" : "Ctrl";

/** What keys do, by name. */
export interface KeyActions {
  pick(): void;
  filter(): void;
  step(by: number): void;
  latest(): void;
  edit(part: "payload" | "headers" | "parameters"): void;
  send(): void;
  sendAll(): void;
  save(): void;
  reset(): void;
  curl(): void;
  tab(id: string): void;
  /** Shows all messages, or one again. */
  turn(): void;
  /** Of all messages, shows only some. */
  narrow(which: Switch): void;
  markSeen(): void;
  leave(): void;
  help(): void;
}

export interface Key {
  key: string;
  mod?: boolean;
  /** Acts in a field as well. */
  typing?: boolean;
  label: string;
  does: string;
  run(): void;
}

/** Where a plain letter is text. */
function isTyping(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement)
    return !target.readOnly;
  return target instanceof HTMLSelectElement || (target as HTMLElement).isContentEditable;
}

/**
 * Acts on keys from now on.
 * @returns The keys with their labels, in the order of the help.
 */
export function listenToKeys(actions: KeyActions): Key[] {
  const keys = keysFor(actions);
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.altKey || document.querySelector("dialog[open]")) return;
    const mod = event.ctrlKey || event.metaKey;
    const found = keys.find(
      (one) => one.key.toLowerCase() === event.key.toLowerCase() && Boolean(one.mod) === mod,
    );
    if (!found || (!mod && !found.typing && isTyping(event.target))) return;
    event.preventDefault();
    found.run();
  });
  return keys;
}

const TABS = ["message", "markdown", "response", "documentation", "checklist"];

function keysFor(actions: KeyActions): Key[] {
  return [
    { key: "i", label: "I", does: "Choose an integration", run: actions.pick },
    { key: "f", label: "F", does: "Filter the fixtures", run: actions.filter },
    { key: "j", label: "J", does: "Next fixture", run: () => actions.step(1) },
    { key: "k", label: "K", does: "Previous fixture", run: () => actions.step(-1) },
    { key: "l", label: "L", does: "Latest live request", run: actions.latest },
    { key: "e", label: "E", does: "Edit the payload", run: () => actions.edit("payload") },
    { key: "h", label: "H", does: "Edit the headers", run: () => actions.edit("headers") },
    {
      key: "p",
      label: "P",
      does: "Edit the URL's parameters",
      run: () => actions.edit("parameters"),
    },
    {
      key: "Enter",
      mod: true,
      label: `${MOD} Enter`,
      does: "Send the request to the endpoint",
      run: actions.send,
    },
    {
      key: "s",
      mod: true,
      label: `${MOD} S`,
      does: "Save the payload as a fixture",
      run: actions.save,
    },
    { key: "a", label: "A", does: "Send all fixtures", run: actions.sendAll },
    { key: "u", label: "U", does: "Undo all edits of this request", run: actions.reset },
    { key: "c", label: "C", does: "Copy the request as curl", run: actions.curl },
    ...TABS.map((tab, index) => ({
      key: String(index + 1),
      label: String(index + 1),
      does: `Show the ${tab === "markdown" ? "Markdown" : tab}`,
      run: () => actions.tab(tab),
    })),
    { key: "m", label: "M", does: "Show all messages, or one", run: actions.turn },
    {
      key: "o",
      label: "O",
      does: "Of all messages, show only those that have changed",
      run: () => actions.narrow("onlyChanged"),
    },
    {
      key: "x",
      label: "X",
      does: "Of all messages, show only those that fail",
      run: () => actions.narrow("onlyFailing"),
    },
    {
      key: "d",
      label: "D",
      does: "Show each change once, where messages have changed in the same way",
      run: () => actions.narrow("eachOnce"),
    },
    {
      key: "s",
      label: "S",
      does: "Mark the messages that are shown as seen",
      run: actions.markSeen,
    },
    {
      key: "Escape",
      label: "Esc",
      does: "Leave a field, or close a dialog",
      typing: true,
      run: actions.leave,
    },
    { key: "?", label: "?", does: "This help", run: actions.help },
  ];
}
