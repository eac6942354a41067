/** Opening integrations, fixtures and served requests: what the server is asked, and in which order. */
import { at, get } from "./api.ts";
import {
  type Draft,
  type DrawnRequest,
  holdable,
  type IntegrationView,
  type Open,
  type OpenSource,
} from "./model.ts";
import type { Selection } from "./selection.ts";
import { recall } from "./store.ts";

export interface Opening {
  /** Opens an integration: a source of it, else what was open of it last, else its first fixture. */
  openIntegration(name: string, source?: OpenSource): Promise<void>;
  openFixture(file: string): Promise<void>;
  openRequest(id: number): Promise<void>;
  /** Opens the fixture that stands so many lines below the one that is open, or is being opened. */
  step(by: number, files: readonly string[]): void;
}

/**
 * @param selection What is open.
 * @param onSource Told that a fixture or a request is opened by itself.
 */
export function createOpening(selection: Selection, onSource: () => void): Opening {
  const openSource = (source: OpenSource): Promise<void> => {
    const { integration } = selection.now;
    const opened = selection.open({ name: integration?.name, source }, (signal) => {
      if (source.kind === "request") return requestOf(integration, source.id, signal);
      if (!integration) throw new Error("No integration is open.");
      return fixtureOf(integration, source, signal);
    });
    onSource();
    return opened;
  };
  const openFixture = (file: string): Promise<void> => openSource({ kind: "fixture", file });

  return {
    openIntegration: (name, source) =>
      selection.open({ name, source }, async (signal) => {
        const integration = await integrationOf(name, signal);
        if (source?.kind !== "request")
          return fixtureOf(integration, source ?? lastOf(integration), signal);
        // A request that is not kept any more is no reason to open nothing.
        return requestOf(integration, source.id, signal).catch(() =>
          fixtureOf(integration, lastOf(integration), signal),
        );
      }),
    openFixture,
    openRequest: (id) => openSource({ kind: "request", id }),
    step(by, files) {
      const { source } = selection.wanted;
      const from = files.indexOf(source?.kind === "fixture" ? source.file : "");
      const next = files[Math.max(0, Math.min(files.length - 1, from + by))];
      if (next !== undefined) void openFixture(next);
    },
  };
}

/** What is open, as the tree has it now. Of a fixture that cannot be read at the moment the last text stays. */
export async function reread(now: Open, signal: AbortSignal): Promise<Open> {
  const { source } = now;
  if (!now.integration) return now;
  const integration = await integrationOf(now.integration.name, signal);
  if (source?.kind !== "fixture" || (source.file !== "" && !has(integration, source)))
    return { ...now, integration };
  return fixtureOf(integration, source, signal).catch(() => ({ ...now, integration }));
}

/** Whether an integration has a fixture. */
export const has = (
  integration: IntegrationView | undefined,
  source: OpenSource | undefined,
): boolean =>
  source?.kind === "fixture" &&
  (integration?.fixtures.some(({ file }) => file === source.file) ?? false);

const integrationOf = (name: string, signal: AbortSignal): Promise<IntegrationView> =>
  get(`integrations/${at(name)}`, signal);

type Fixture = Extract<OpenSource, { kind: "fixture" }>;

function lastOf(integration: IntegrationView): Fixture {
  const last = recall<OpenSource>(`source ${integration.name}`);
  if (last?.kind === "fixture" && has(integration, last)) return last;
  return { kind: "fixture", file: integration.fixtures[0]?.file ?? "" };
}

async function fixtureOf(
  integration: IntegrationView,
  source: Fixture,
  signal: AbortSignal,
): Promise<Open> {
  const path = `integrations/${at(integration.name)}/draft`;
  const draft = await get<Draft>(source.file === "" ? path : `${path}/${at(source.file)}`, signal);
  return { integration, source, original: holdable(draft) };
}

/** A request is of the integration whose URL it went to; one that went nowhere leaves open what is open. */
async function requestOf(
  integration: IntegrationView | undefined,
  id: number,
  signal: AbortSignal,
): Promise<Open> {
  const logged = await get<DrawnRequest>(`requests/${id}`, signal);
  const { integration: name } = logged.summary;
  const its = name && name !== integration?.name ? await integrationOf(name, signal) : integration;
  return {
    integration: its,
    source: { kind: "request", id },
    original: holdable(logged.draft),
    logged,
  };
}
