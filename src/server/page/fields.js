/** Headers or parameters: rows of a name and a value, and always one more to fill in. */
import { h } from "./dom.js";

/**
 * @param what `header` or `parameter`: for labels.
 * @param suggest Names to offer.
 */
export function createFields(panel, { what, suggest, note }, onInput) {
  const options = h(
    "datalist",
    { id: `${what}-names` },
    ...suggest.map((value) => h("option", { value })),
  );
  const list = h("div.fields", { role: "group", "aria-label": `${what}s` });
  panel.append(options, list, h("p.hint", {}, note));

  const read = () =>
    [...list.children]
      .map((row) => [textOf(row.children[0]), textOf(row.children[1])])
      .filter(([name]) => name !== "");
  const addRow = (name = "", value = "") => {
    const changed = () => {
      if (row === list.lastElementChild && row.children[0].value !== "") addRow();
      onInput();
    };
    const input = (label, text) => {
      const made = h("input", {
        value: text,
        placeholder: label,
        "aria-label": `${what} ${label}`,
        spellcheck: false,
        autocomplete: "off",
        oninput: changed,
      });
      given.set(made, { text, shown: made.value });
      return made;
    };
    const nameInput = input("name", name);
    nameInput.setAttribute("list", options.id);
    const row = h(
      "div.field",
      {},
      nameInput,
      input("value", value),
      h(
        "button.quiet.icon",
        {
          type: "button",
          title: `Remove this ${what}`,
          "aria-label": `Remove this ${what}`,
          onclick: () => {
            const next = row.nextElementSibling ?? row.previousElementSibling;
            if (row === list.lastElementChild) return;
            row.remove();
            next?.children[0].focus();
            onInput();
          },
        },
        "×",
      ),
    );
    list.append(row);
  };
  return {
    get pairs() {
      return read();
    },
    show(pairs) {
      if (list.children.length > 0 && JSON.stringify(read()) === JSON.stringify(pairs)) return;
      list.replaceChildren();
      for (const [name, value] of pairs) addRow(name, value);
      addRow();
    },
    focus: () => list.querySelector("input")?.focus(),
  };
}

/** What inputs were given. One shows no line breaks, which a parameter may hold: untouched, it keeps them. */
const given = new WeakMap();

function textOf(input) {
  const { text, shown } = given.get(input);
  return input.value === shown ? text : input.value;
}
