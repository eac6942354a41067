/** Building and finding elements. Text is always set as text: nothing here makes HTML of a string. */

/** The element with an id. */
export const byId = (id) => document.getElementById(id);

/**
 * Makes an element.
 * @param tag Its name, and classes after dots: `button.quiet`.
 * @param properties `on…` are listeners, `aria-…`, `data-…` and `role` attributes, the rest properties.
 */
export function h(tag, properties = {}, ...children) {
  const [name, ...classes] = tag.split(".");
  const element = document.createElement(name);
  if (classes.length > 0) element.className = classes.join(" ");
  for (const [key, value] of Object.entries(properties)) {
    if (value === undefined) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (/^(aria-|data-|role$|for$)/.test(key)) element.setAttribute(key, value);
    else element[key] = value;
  }
  element.append(...children.flat().filter((child) => child !== undefined && child !== null));
  return element;
}

/** Puts children in the place of those there are. */
export function fill(element, ...children) {
  element.replaceChildren(
    ...children.flat().filter((child) => child !== undefined && child !== null),
  );
}

/** Calls a function once nothing has asked for it for a while; `cancel` takes back what was asked. */
export function settled(work, ms) {
  let timer;
  const ask = () => {
    clearTimeout(timer);
    timer = setTimeout(work, ms);
  };
  return Object.assign(ask, { cancel: () => clearTimeout(timer) });
}

/** A set of tabs: arrows move, and only the chosen panel shows. */
export function tabs(list, entries, onChange) {
  const buttons = new Map();
  let chosen;
  const choose = (id, focus = false) => {
    if (!buttons.has(id)) return;
    chosen = id;
    for (const [key, button] of buttons) {
      button.setAttribute("aria-selected", String(key === id));
      button.tabIndex = key === id ? 0 : -1;
      byId(`panel-${key}`).hidden = key !== id;
    }
    if (focus) buttons.get(id).focus();
    onChange(id);
  };
  for (const [id, label] of entries) {
    const button = h(
      "button.tab",
      {
        type: "button",
        role: "tab",
        id: `tab-${id}`,
        "aria-controls": `panel-${id}`,
        onclick: () => choose(id),
        onkeydown: (event) => {
          const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
          if (step === undefined) return;
          event.preventDefault();
          const ids = entries.map(([key]) => key);
          choose(ids[(ids.indexOf(id) + step + ids.length) % ids.length], true);
        },
      },
      h("span", {}, label),
      h("span.badge", { hidden: true }),
    );
    byId(`panel-${id}`).setAttribute("aria-labelledby", `tab-${id}`);
    buttons.set(id, button);
    list.append(button);
  }
  return {
    choose,
    get chosen() {
      return chosen;
    },
    /** A small number or mark beside the label. */
    badge(id, text, kind = "") {
      const badge = buttons.get(id).lastChild;
      badge.hidden = text === "";
      badge.textContent = text;
      badge.dataset.kind = kind;
    },
  };
}

/** Says something at the edge of the page for a while. */
export function toast(text, kind = "") {
  const note = h("div.toast", { "data-kind": kind }, text);
  byId("toasts").append(note);
  setTimeout(() => note.remove(), kind === "bad" ? 8000 : 3500);
}

/** Copies text, and says so. */
export async function copy(text, what) {
  try {
    await navigator.clipboard.writeText(text);
    toast(`${what} copied`);
  } catch {
    // Without the right to the clipboard the text is shown to be copied by hand.
    const area = h("textarea", { value: text, readOnly: true, "aria-label": what });
    const dialog = h("dialog.sheet", { onclose: () => dialog.remove() }, h("h2", {}, what), area);
    document.body.append(dialog);
    dialog.showModal();
    area.select();
  }
}
