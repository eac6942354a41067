/** A set of tabs: arrows move, and only the chosen panel shows. */
import { byId, h } from "./dom.ts";

export interface Tabs {
  /** Shows a panel; an unknown one is left alone. */
  choose(id: string): void;
  readonly chosen: string;
  /** A small number or mark beside the label. */
  badge(id: string, text: string, kind?: string): void;
}

/**
 * @param list Where the tabs go.
 * @param entries The id of each panel, after `panel-`, and its label.
 * @param onChange Told which panel shows.
 */
export function createTabs(
  list: HTMLElement,
  entries: readonly (readonly [id: string, label: string])[],
  onChange: (id: string) => void,
): Tabs {
  const parts = new Map<string, { tab: HTMLButtonElement; badge: HTMLSpanElement }>();
  let chosen = "";
  const choose = (id: string, focus = false): void => {
    if (!parts.has(id)) return;
    chosen = id;
    for (const [key, { tab }] of parts) {
      tab.setAttribute("aria-selected", String(key === id));
      tab.tabIndex = key === id ? 0 : -1;
      byId(`panel-${key}`).hidden = key !== id;
    }
    if (focus) parts.get(id)?.tab.focus();
    onChange(id);
  };
  const move = (id: string, event: KeyboardEvent): void => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const ids = [...parts.keys()];
    choose(ids[(ids.indexOf(id) + step + ids.length) % ids.length] ?? id, true);
  };
  for (const [id, label] of entries) {
    const badge = h("span.badge", { hidden: true });
    const tab = h(
      "button.tab",
      {
        type: "button",
        role: "tab",
        id: `tab-${id}`,
        "aria-controls": `panel-${id}`,
        onclick: () => choose(id),
        onkeydown: (event: KeyboardEvent) => move(id, event),
      },
      h("span", {}, label),
      badge,
    );
    const panel = byId(`panel-${id}`);
    panel.setAttribute("aria-labelledby", `tab-${id}`);
    // The keyboard scrolls only what it can reach.
    if (panel.classList.contains("scroll")) panel.tabIndex = 0;
    parts.set(id, { tab, badge });
    list.append(tab);
  }
  return {
    choose,
    get chosen() {
      return chosen;
    },
    badge(id, text, kind = "") {
      const badge = parts.get(id)?.badge;
      if (!badge) return;
      badge.hidden = text === "";
      badge.textContent = text;
      badge.dataset.kind = kind;
    },
  };
}
