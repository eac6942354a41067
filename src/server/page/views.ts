/** The two views of the page: one message with its request, and all messages of the integration. */
import { byId } from "./dom.ts";
import type { View } from "./model.ts";

export interface Views {
  readonly now: View;
  show(view: View): void;
  /** What is done with the request is done only where it can be seen. */
  inOne(work: () => void): () => void;
}

const BUTTONS = { one: "one-message", all: "all-messages" } as const;

/** @param onChange Told each time that the other one is shown. */
export function createViews(onChange: (now: View) => void): Views {
  const parts = [...document.querySelectorAll<HTMLElement>("main > section")];
  let now: View = "one";
  const apply = (): void => {
    for (const part of parts) part.hidden = (part.id === "all") !== (now === "all");
    for (const [view, id] of Object.entries(BUTTONS))
      byId(id).setAttribute("aria-pressed", String(view === now));
    const skip = byId<HTMLAnchorElement>("skip");
    skip.textContent = now === "all" ? "Skip to the messages" : "Skip to the payload";
    skip.href = now === "all" ? "#panel-all" : "#payload";
  };
  apply();
  return {
    get now() {
      return now;
    },
    show(view) {
      if (view === now) return;
      now = view;
      apply();
      onChange(now);
    },
    inOne: (work) => () => {
      if (now === "one") work();
    },
  };
}
