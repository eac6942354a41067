/** Building and finding elements. Text is always set as text: nothing here makes HTML of a string. */

type Child = Node | string | undefined | null | false;
type Children = readonly (Child | readonly Child[])[];
type NameOf<Tag extends string> = Tag extends `${infer Name}.${string}` ? Name : Tag;
type ElementOf<Tag extends string> =
  NameOf<Tag> extends keyof HTMLElementTagNameMap
    ? HTMLElementTagNameMap[NameOf<Tag>]
    : HTMLElement;

/** @throws Error when the page has no element with this id, which is a fault of the page. */
export function byId<T extends HTMLElement = HTMLElement>(id: string): T {
  const element = document.getElementById(id);
  if (!element) throw new Error(`The page has no element #${id}.`);
  return element as T;
}

/**
 * Makes an element.
 * @param tag Its name, and classes after dots: `button.quiet`.
 * @param properties `on…` are listeners, `aria-…`, `data-…` and `role` attributes, the rest properties.
 */
export function h<Tag extends string>(
  tag: Tag,
  properties: Record<string, unknown> = {},
  ...children: Children
): ElementOf<Tag> {
  const [name = "", ...classes] = tag.split(".");
  const element = document.createElement(name);
  if (classes.length > 0) element.className = classes.join(" ");
  for (const [key, value] of Object.entries(properties)) {
    if (value === undefined) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value as EventListener);
    else if (/^(aria-|data-|role$|for$)/.test(key)) element.setAttribute(key, String(value));
    else Object.assign(element, { [key]: value });
  }
  fill(element, ...children);
  return element as ElementOf<Tag>;
}

/** Puts children in the place of those there are. */
export function fill(element: Element, ...children: Children): void {
  element.replaceChildren(...children.flat().filter(isShown));
}

const isShown = (child: Child): child is Node | string =>
  child !== undefined && child !== null && child !== false;

/** A sentence in which commands stand between backticks. */
export function withCode(text: string): (HTMLElement | string)[] {
  return text.split("`").map((part, index) => (index % 2 === 1 ? h("code", {}, part) : part));
}

/** A button that does something, as text or with a name of its own. */
export function button(
  kind: string,
  label: string,
  onclick: () => void,
  properties: Record<string, unknown> = {},
): HTMLButtonElement {
  return h(
    `button.${kind}`,
    { type: "button", onclick, ...properties },
    label,
  ) as HTMLButtonElement;
}

/** Calls a function once nothing has asked for it for a while; `cancel` takes back what was asked. */
export function settled(work: () => void, ms: number): (() => void) & { cancel(): void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const ask = (): void => {
    clearTimeout(timer);
    timer = setTimeout(work, ms);
  };
  return Object.assign(ask, { cancel: () => clearTimeout(timer) });
}

/** Says something at the edge of the page for a while. */
export function toast(text: string, kind = ""): void {
  const note = h("div.toast", { "data-kind": kind }, text);
  byId("toasts").append(note);
  setTimeout(() => note.remove(), kind === "bad" ? 8000 : 3500);
}

/** Copies text, and says so. */
export async function copy(text: string, what: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    toast(`${what} copied`);
  } catch {
    // Without the right to the clipboard the text is shown to be copied by hand.
    const area = h("textarea", { value: text, readOnly: true, "aria-label": what });
    const close = (): void => dialog.remove();
    const dialog = h(
      "dialog.sheet",
      { "aria-label": what, onclose: close },
      h("h2", {}, what),
      area,
    );
    document.body.append(dialog);
    dialog.showModal();
    area.select();
  }
}
