/** The frame with all messages: a block for each fixture, of the server's making, and put in place of the one before. */
import { isDark, onColours } from "./colours.ts";
import { createFrame, type Frame, statedIn } from "./frame.ts";
import type { MessageRow, MessagesQuestion, MessagesView } from "./model.ts";

export interface MessageList {
  /** The digests of what there is. */
  known(): Pick<MessagesQuestion, "known" | "styles">;
  /** Shows what is new, and leaves alone what is as it was. */
  put(view: MessagesView): Promise<void>;
  /**
   * Shows only some.
   * @param alike In how many others each change is.
   */
  filter(shown: readonly MessageRow[], alike: ReadonlyMap<string, number>): void;
  step(by: number): void;
  clear(): void;
  say: Frame["say"];
}

interface Block {
  row: MessageRow;
  element: HTMLElement;
}

/** @param open Opens a fixture by itself. */
export function createMessageList(panel: HTMLElement, open: (file: string) => void): MessageList {
  const frame = createFrame(panel, "/frame/messages", "All messages");
  const blocks = new Map<string, Block>();
  let styles = "";
  let isListening = false;

  /** A tree's look is dark by a class of what holds cards; what is around them goes by the root. */
  const colour = (): void => {
    const { dark } = statedIn(frame.element) ?? {};
    const cards = frame.element.contentDocument?.querySelectorAll(".connect") ?? [];
    if (dark !== undefined) for (const card of cards) card.classList.toggle(dark, isDark());
  };
  onColours(colour);

  function listen(page: Document): void {
    if (isListening) return;
    isListening = true;
    page.addEventListener("click", (event) => {
      const link = (event.target as Element).closest<HTMLElement>("[data-open]");
      // Where such a link is to be opened elsewhere, its address leads there.
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      open(link.dataset.open ?? "");
    });
    page.addEventListener("keydown", (event) => {
      const { key, ctrlKey, metaKey, altKey } = event;
      const init = { key, ctrlKey, metaKey, altKey, bubbles: true, cancelable: true };
      if (!document.body.dispatchEvent(new KeyboardEvent("keydown", init))) event.preventDefault();
    });
  }

  function listIn(page: Document): HTMLElement {
    const list = page.querySelector<HTMLElement>("main") ?? page.createElement("main");
    list.className = "messages";
    if (!list.isConnected) page.body.append(list);
    return list;
  }

  function place(page: Document, { rows }: MessagesView): void {
    const list = listIn(page);
    const wanted = new Set(rows.map(({ fixture }) => fixture));
    for (const [fixture, { element }] of blocks) {
      if (wanted.has(fixture)) continue;
      element.remove();
      blocks.delete(fixture);
    }
    for (const [index, row] of rows.entries()) {
      const before = blocks.get(row.fixture)?.element;
      const element = row.html === undefined ? before : blockOf(page, row.html, before);
      if (!element) continue;
      element.classList.toggle("waits", row.waits);
      blocks.set(row.fixture, { row, element });
      if (list.children[index] !== element)
        list.insertBefore(element, list.children[index] ?? null);
    }
  }

  const shown = (): HTMLElement[] =>
    [...blocks.values()].map(({ element }) => element).filter(({ hidden }) => !hidden);

  return {
    known() {
      const known = [...blocks].map(([fixture, { row }]) => [fixture, row.digest] as const);
      return { known: Object.fromEntries(known), styles };
    },
    async put(view) {
      await frame.update((page) => {
        listen(page);
        if (view.styles) {
          const sheet = page.getElementById("further") ?? page.createElement("style");
          sheet.id = "further";
          sheet.textContent = view.styles.css;
          page.head.append(sheet);
          styles = view.styles.digest;
        }
        place(page, view);
        colour();
      });
    },
    filter(shown, alike) {
      const names = new Set(shown.map(({ fixture }) => fixture));
      for (const { row, element } of blocks.values()) {
        element.hidden = !names.has(row.fixture);
        const count = alike.get(row.change ?? "") ?? 0;
        const words = count > 0 ? `and ${count} more in the same way` : "";
        // Read by the style sheet, behind the heading.
        element.querySelector("h2")?.setAttribute("data-alike", words);
      }
      if (names.size > 0) frame.uncover();
    },
    step(by) {
      const links = shown().flatMap((element) => linkOf(element) ?? []);
      const focused = frame.element.contentDocument?.activeElement;
      const from = links.findIndex((link) => link.closest("div")?.contains(focused ?? null));
      const next = links[Math.max(0, Math.min(links.length - 1, from + by))];
      next?.focus();
      next?.scrollIntoView({ block: "start" });
    },
    clear() {
      for (const { element } of blocks.values()) element.remove();
      blocks.clear();
    },
    say: frame.say,
  };
}

const linkOf = (block: HTMLElement): HTMLElement | null => block.querySelector("h2 [data-open]");

/** A block in the place of one before. Who was at that one is at the new one. */
function blockOf(page: Document, html: string, before: HTMLElement | undefined): HTMLElement {
  const template = page.createElement("template");
  // Made by the server by escaping; and no script could run here.
  template.innerHTML = html;
  const element = template.content.firstElementChild as HTMLElement;
  const hadFocus = before?.contains(page.activeElement) ?? false;
  before?.replaceWith(element);
  if (hadFocus) linkOf(element)?.focus();
  return element;
}
