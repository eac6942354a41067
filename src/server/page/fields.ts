/** Parameters: rows of a name and a value, and always one more to fill in. A value may have line breaks. */
import { h } from "./dom.ts";
import { same } from "./model.ts";

export type Pair = [name: string, value: string];

export interface Fields {
  readonly pairs: Pair[];
  show(pairs: readonly Pair[]): void;
  focus(): void;
}

/** Names to offer. */
const NAMES = ["api_key", "stream", "topic", "only_events", "exclude_events"];
const NOTE =
  "Of the URL. Without a stream the message goes to the bot's owner; topic wins over the integration's own; " +
  'only_events and exclude_events are JSON lists such as ["push*"].';

/** @param onInput Told each edit. */
export function createParameters(panel: HTMLElement, onInput: () => void): Fields {
  const offered = NAMES.map((value) => h("option", { value }));
  const options = h("datalist", { id: "parameter-names" }, offered);
  const list = h("div.fields", { role: "group", "aria-label": "parameters" });
  panel.append(options, list, h("p.hint", {}, NOTE));
  const rows = (): HTMLInputElement[][] =>
    [...list.children].map((row) => [...row.querySelectorAll("input")]);
  const read = (): Pair[] =>
    rows()
      .map(([name, value]): Pair => [textOf(name), textOf(value)])
      .filter(([name]) => name !== "");

  const addRow = (name = "", value = ""): void => {
    const changed = (): void => {
      if (row === list.lastElementChild && nameInput.value !== "") addRow();
      onInput();
    };
    const input = (label: string, text: string): HTMLInputElement => {
      const made = h("input", {
        value: text,
        placeholder: label,
        "aria-label": `parameter ${label}`,
        spellcheck: false,
        autocomplete: "off",
        oninput: changed,
      });
      given.set(made, { text, shown: made.value });
      return made;
    };
    const remove = (): void => {
      const next = row.nextElementSibling ?? row.previousElementSibling;
      if (row === list.lastElementChild) return;
      row.remove();
      next?.querySelector("input")?.focus();
      onInput();
    };
    const nameInput = input("name", name);
    nameInput.setAttribute("list", options.id);
    const words = "Remove this parameter";
    const properties = { type: "button", title: words, "aria-label": words, onclick: remove };
    const row = h(
      "div.field",
      {},
      nameInput,
      input("value", value),
      h("button.quiet.icon", properties, "×"),
    );
    list.append(row);
  };
  return {
    get pairs() {
      return read();
    },
    show(pairs) {
      if (list.children.length > 0 && same(read(), pairs)) return;
      list.replaceChildren();
      for (const [name, value] of pairs) addRow(name, value);
      addRow();
    },
    focus: () => list.querySelector("input")?.focus(),
  };
}

/** What inputs were given. One shows no line breaks, which a parameter may hold: untouched, it keeps them. */
const given = new WeakMap<HTMLInputElement, { text: string; shown: string }>();

function textOf(input: HTMLInputElement | undefined): string {
  const before = input && given.get(input);
  return before && input.value === before.shown ? before.text : (input?.value ?? "");
}
