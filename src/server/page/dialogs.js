/** The dialogs: choosing an integration, and the list of keys. */
import { fill, h } from "./dom.js";

/** Opens a dialog. Escape and a click beside it close it; it is gone then. */
export function openDialog(title, kind, ...children) {
  const dialog = h(
    `dialog.sheet.${kind}`,
    {
      "aria-label": title,
      onclose: () => dialog.remove(),
      onclick: (event) => event.target === dialog && dialog.close(),
    },
    ...children,
  );
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

/** Lets the user choose one of the integrations by typing some of its name. */
export function chooseIntegration(integrations, current, choose) {
  const list = h("ul.rows", { id: "choices", role: "listbox", "aria-label": "Integrations" });
  const input = h("input", {
    type: "text",
    placeholder: "Integration",
    "aria-label": "Integration",
    role: "combobox",
    "aria-expanded": "true",
    "aria-controls": "choices",
    autocomplete: "off",
    spellcheck: false,
  });
  const dialog = openDialog("Choose an integration", "picking", input, list);
  let shown = [];
  let marked = 0;
  const take = (name) => {
    dialog.close();
    choose(name);
  };
  const mark = (index) => {
    marked = Math.max(0, Math.min(shown.length - 1, index));
    for (const [position, item] of [...list.children].entries()) {
      item.setAttribute("aria-selected", String(position === marked));
      if (position === marked) {
        item.scrollIntoView({ block: "nearest" });
        if (item.id) input.setAttribute("aria-activedescendant", item.id);
      }
    }
  };
  const show = () => {
    const words = input.value.trim().toLowerCase();
    const rank = ({ name, displayName }) =>
      [name, displayName.toLowerCase()].some((text) => text.startsWith(words)) ? 0 : 1;
    shown = integrations
      .filter(({ name, displayName }) => `${name} ${displayName.toLowerCase()}`.includes(words))
      .sort((a, b) => rank(a) - rank(b) || a.displayName.localeCompare(b.displayName));
    const items = shown.map(({ name, displayName }) =>
      h(
        "li.choice",
        { role: "option", id: `choice-${name}`, onclick: () => take(name) },
        h("b", {}, displayName),
        h("span.muted", {}, ` ${name}`),
        name === current ? h("span.tag", {}, "open") : undefined,
      ),
    );
    fill(list, items.length > 0 ? items : h("li.empty", {}, "No integration has this name."));
    mark(
      words === ""
        ? Math.max(
            0,
            shown.findIndex(({ name }) => name === current),
          )
        : 0,
    );
  };
  input.addEventListener("input", show);
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      mark(marked + (event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Enter" && shown[marked]) {
      event.preventDefault();
      take(shown[marked].name);
    }
  });
  show();
  input.focus();
}

/** Shows what the keys do. */
export function showKeys(keys) {
  if (document.querySelector("dialog.helping")) return;
  const dialog = openDialog(
    "Keyboard shortcuts",
    "helping",
    h("h2", {}, "Keyboard shortcuts"),
    h(
      "dl",
      {},
      keys.map(({ label, does }) =>
        h(
          "div",
          {},
          h(
            "dt",
            {},
            label.split(" ").map((key) => h("kbd", {}, key)),
          ),
          h("dd", {}, does),
        ),
      ),
    ),
    h(
      "div.actions",
      {},
      h("button.quiet", { type: "button", onclick: () => dialog.close() }, "Close"),
    ),
  );
}
