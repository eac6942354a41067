/** What there is about an integration besides its messages: the documentation and the checklist. */
import { at, get } from "./api.js";
import { toast } from "./dom.js";
import { createLatest } from "./latest.js";

/**
 * @param result Shows them.
 * @param tabs The tabs of the result.
 */
export function createAbout(result, tabs) {
  let integration;
  const kinds = {
    documentation: {
      async load({ name, docPath }, signal) {
        const { html } = await get(`integrations/${at(name)}/documentation`, signal);
        return () => result.documentation(html, docPath ?? `zerver/webhooks/${name}/doc.md`);
      },
    },
    checklist: {
      async load({ name }, signal) {
        const { items } = await get(`integrations/${at(name)}/checklist`, signal);
        return () => {
          const open = result.checklist(items);
          tabs.badge("checklist", open > 0 ? String(open) : "✓", open > 0 ? "warn" : "good");
        };
      },
    },
  };
  for (const kind of Object.values(kinds))
    Object.assign(kind, { latest: createLatest(), isOld: false });

  async function refresh(id) {
    const kind = kinds[id];
    const signal = kind.latest.next();
    kind.isOld = false;
    if (kind.shows !== integration.name) result.busy(id);
    kind.shows = integration.name;
    try {
      const show = await kind.load(integration, signal);
      if (!signal.aborted) show();
    } catch (error) {
      if (signal.aborted) return;
      kind.isOld = true;
      toast(error.message, "bad");
    }
  }

  /** Asks for what a tab shows, if that is old. */
  function look(id) {
    if (kinds[id]?.isOld && integration) void refresh(id);
  }

  return {
    look,
    /** An integration was opened, or has changed: what is shown is old, and so is every answer under way. */
    of(now) {
      integration = now;
      for (const kind of Object.values(kinds)) {
        kind.latest.drop();
        kind.isOld = true;
      }
      tabs.badge("checklist", "");
      look(tabs.chosen);
    },
  };
}
