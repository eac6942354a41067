/** The address of the page: it says what is open, and what is open follows it. */
import { addressOf, targetOf } from "./addresses.ts";
import type { OpenSource, StateView } from "./model.ts";
import type { Opening } from "./opening.ts";
import type { Selection } from "./selection.ts";
import { recall } from "./store.ts";
import type { Views } from "./views.ts";

interface Parts {
  selection: Selection;
  opening: Opening;
  views: Views;
  /** The integrations there are, and the one that the command named. */
  tree(): Pick<StateView, "integrations" | "name">;
  /** There is nothing to open by itself. */
  onNothing(): void;
}

export interface Navigation {
  /** Opens what the address says, else what was open when the page was reloaded, else what the command named. */
  begin(): void;
  /** What is open, or which view of it, has changed. */
  keep(): void;
}

export function createNavigation(parts: Parts): Navigation {
  const { selection, opening, views } = parts;

  /** The address was changed by hand, or the user went back. */
  function follow(): void {
    const target = targetOf(location.hash);
    const { name, source } = selection.wanted;
    if (!target || location.hash === addressOf({ name, source }, views.now)) return;
    const isOpen =
      target.view === "all"
        ? target.name === name
        : location.hash === addressOf({ name, source }, "one");
    if (!isOpen && target.source?.kind === "request") void opening.openRequest(target.source.id);
    else if (!isOpen && target.name !== undefined)
      void opening.openIntegration(target.name, target.source);
    views.show(target.view);
  }
  addEventListener("popstate", follow);

  return {
    begin() {
      if (selection.now.source || selection.isOpening) return;
      const { name, integrations } = parts.tree();
      const asked = targetOf(location.hash);
      if (asked) views.show(asked.view);
      const last = recall<string>("integration");
      const first = [asked?.name, last, name].find((wanted) =>
        integrations.some((one) => one.name === wanted),
      );
      if (first !== undefined) {
        const kept = first === last ? recall<OpenSource>("source") : undefined;
        const source = asked?.source ?? (kept?.kind === "request" ? kept : undefined);
        void opening.openIntegration(first, source);
      } else if (asked?.source?.kind === "request") void opening.openRequest(asked.source.id);
      else parts.onNothing();
    },
    keep() {
      const { integration, source } = selection.now;
      const address = addressOf({ name: integration?.name, source }, views.now);
      if (source && location.hash !== address) history.pushState(null, "", address);
    },
  };
}
