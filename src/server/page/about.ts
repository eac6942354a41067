/** What there is about an integration besides its messages: the documentation and the checklist. */
import { at, get } from "./api.ts";
import { toast } from "./dom.ts";
import { createLatest, type Latest } from "./latest.ts";
import type { ChecklistItem, IntegrationView } from "./model.ts";
import type { Result } from "./result.ts";
import type { Tabs } from "./tabs.ts";

interface Kind {
  /** Asks for it, and returns what shows it. */
  load(integration: IntegrationView, signal: AbortSignal): Promise<() => void>;
  latest: Latest;
  isOld: boolean;
  /** The integration that it shows. */
  shows: string | undefined;
}

export interface About {
  /** Asks for what a tab shows, if that is old. */
  look(id: string): void;
  /** An integration was opened, or has changed: what is shown is old, and so is every answer under way. */
  of(now: IntegrationView): void;
}

/**
 * @param result Shows them.
 * @param tabs The tabs of the result.
 */
export function createAbout(result: Result, tabs: () => Tabs): About {
  let integration: IntegrationView | undefined;
  const kind = (load: Kind["load"]): Kind => ({
    load,
    latest: createLatest(),
    isOld: false,
    shows: undefined,
  });
  const kinds: Record<string, Kind> = {
    documentation: kind(async ({ name, docPath }, signal) => {
      const path = `integrations/${at(name)}/documentation`;
      const { html } = await get<{ html: string | null }>(path, signal);
      return () => void result.documentation(html, docPath ?? `zerver/webhooks/${name}/doc.md`);
    }),
    checklist: kind(async ({ name }, signal) => {
      const path = `integrations/${at(name)}/checklist`;
      const { items } = await get<{ items: ChecklistItem[] }>(path, signal);
      return () => {
        const open = result.checklist(items);
        tabs().badge("checklist", open > 0 ? String(open) : "✓", open > 0 ? "warn" : "good");
      };
    }),
  };

  async function refresh(id: string, kind: Kind, its: IntegrationView): Promise<void> {
    const signal = kind.latest.next();
    kind.isOld = false;
    if (kind.shows !== its.name) result.busy(id);
    kind.shows = its.name;
    try {
      const show = await kind.load(its, signal);
      if (!signal.aborted) show();
    } catch (error) {
      if (signal.aborted) return;
      kind.isOld = true;
      toast((error as Error).message, "bad");
    }
  }

  function look(id: string): void {
    const kind = kinds[id];
    if (kind?.isOld && integration) void refresh(id, kind, integration);
  }

  return {
    look,
    of(now) {
      integration = now;
      for (const one of Object.values(kinds)) {
        one.latest.drop();
        one.isOld = true;
      }
      tabs().badge("checklist", "");
      look(tabs().chosen);
    },
  };
}
