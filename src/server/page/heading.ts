/** What names the integration that is open: the title of the tab, and its webhook URL. */
import { byId } from "./dom.ts";
import type { IntegrationView, View } from "./model.ts";

/** @param changed How many messages have changed: a tab in the background says so. */
export function nameTab(
  integration: IntegrationView | undefined,
  view: View,
  changed: number,
): void {
  if (!integration) return;
  const { displayName } = integration;
  const count = changed > 0 ? `(${changed}) ` : "";
  const shown = view === "all" ? `${count}${displayName}: all messages` : displayName;
  document.title = `${shown} · connect-webhook dev`;
}

export function showAddress({ bot, path, stream }: IntegrationView): void {
  const query = new URLSearchParams({ ...(bot && { api_key: bot.apiKey }), stream });
  byId<HTMLInputElement>("address").value = `${location.origin}${path}?${query}`;
  byId<HTMLButtonElement>("copy-address").disabled = false;
}
