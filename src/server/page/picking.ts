/** The dialog in which an integration is chosen. */
import { openDialog } from "./dialogs.ts";
import { fill, h } from "./dom.ts";

interface Choice {
  name: string;
  displayName: string;
}

/** Those that have the words in a name; names that begin with them first. */
function matching(integrations: readonly Choice[], words: string): Choice[] {
  const rank = ({ name, displayName }: Choice): number =>
    [name, displayName.toLowerCase()].some((text) => text.startsWith(words)) ? 0 : 1;
  return integrations
    .filter(({ name, displayName }) => `${name} ${displayName.toLowerCase()}`.includes(words))
    .sort((a, b) => rank(a) - rank(b) || a.displayName.localeCompare(b.displayName));
}

/** Lets the user choose one of the integrations by typing some of its name. */
export function chooseIntegration(
  integrations: readonly Choice[],
  current: string | undefined,
  choose: (name: string) => void,
): void {
  const list = h("ul.rows", { id: "choices", role: "listbox", "aria-label": "Integrations" });
  const none = h("p.empty", { role: "status" });
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
  const dialog = openDialog("Choose an integration", "picking", input, list, none);
  let shown: Choice[] = [];
  let marked = 0;
  const take = (name: string): void => {
    dialog.close();
    choose(name);
  };
  const mark = (index: number): void => {
    marked = Math.max(0, Math.min(shown.length - 1, index));
    for (const [position, item] of [...list.children].entries()) {
      item.setAttribute("aria-selected", String(position === marked));
      if (position !== marked) continue;
      item.scrollIntoView({ block: "nearest" });
      input.setAttribute("aria-activedescendant", item.id);
    }
  };
  const show = (): void => {
    const words = input.value.trim().toLowerCase();
    shown = matching(integrations, words);
    const items = shown.map(({ name, displayName }) =>
      h(
        "li.choice",
        { role: "option", id: `choice-${name}`, onclick: () => take(name) },
        h("b", {}, displayName),
        h("span.muted", {}, ` ${name}`),
        name === current && h("span.tag", {}, "open"),
      ),
    );
    fill(list, items);
    list.hidden = items.length === 0;
    none.textContent = items.length === 0 ? "No integration has this name." : "";
    const open = shown.findIndex(({ name }) => name === current);
    mark(words === "" ? open : 0);
  };
  input.addEventListener("input", show);
  input.addEventListener("keydown", (event) => {
    const chosen = shown[marked];
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      mark(marked + (event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Enter" && chosen) {
      event.preventDefault();
      take(chosen.name);
    }
  });
  show();
  input.focus();
}
