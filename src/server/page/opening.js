/** Opening integrations, fixtures and served requests: what the server is asked, and in which order. */
import { at, get } from "./api.js";
import { holdable } from "./request.js";
import { recall } from "./store.js";

/** @param selection What is open. */
export function createOpening(selection) {
  /** Opens an integration: a source of it, else what was open of it last, else its first fixture. */
  function openIntegration(name, source) {
    return selection.open({ name, source }, async (signal) => {
      const integration = await integrationOf(name, signal);
      if (source?.kind !== "request")
        return fixtureOf(integration, source ?? lastOf(integration), signal);
      // A request that is not kept any more is no reason to open nothing.
      return requestOf(integration, source, signal).catch(() =>
        fixtureOf(integration, lastOf(integration), signal),
      );
    });
  }

  function openSource(source) {
    const { integration } = selection.now;
    return selection.open({ name: integration?.name, source }, (signal) =>
      source.kind === "request"
        ? requestOf(integration, source, signal)
        : fixtureOf(integration, source, signal),
    );
  }

  const openFixture = (file) => openSource({ kind: "fixture", file });

  return {
    openIntegration,
    openFixture,
    openRequest: (id) => openSource({ kind: "request", id }),
    /** Opens the fixture that stands so many lines below the one that is open, or is being opened. */
    step(by, files) {
      if (files.length === 0) return;
      const { source } = selection.wanted;
      const from = files.indexOf(source?.kind === "fixture" ? source.file : "");
      void openFixture(files[Math.max(0, Math.min(files.length - 1, from + by))]);
    },
  };
}

/** What is open, as the tree has it now. Of a fixture that cannot be read at the moment the last text stays. */
export async function reread(now, signal) {
  const { source } = now;
  if (!now.integration) return now;
  const integration = await integrationOf(now.integration.name, signal);
  const isThere = source.kind === "fixture" && (source.file === "" || has(integration, source));
  if (!isThere) return { ...now, integration };
  return fixtureOf(integration, source, signal).catch(() => ({ ...now, integration }));
}

/** Whether an integration has a fixture. */
export const has = (integration, source) =>
  source?.kind === "fixture" && integration.fixtures.some(({ file }) => file === source.file);

const integrationOf = (name, signal) => get(`integrations/${at(name)}`, signal);

function lastOf(integration) {
  const last = recall(`source ${integration.name}`);
  return has(integration, last)
    ? last
    : { kind: "fixture", file: integration.fixtures[0]?.file ?? "" };
}

async function fixtureOf(integration, source, signal) {
  const path = `integrations/${at(integration.name)}/draft`;
  const draft = await get(source.file === "" ? path : `${path}/${at(source.file)}`, signal);
  return { integration, source, original: holdable(draft) };
}

/** A request is of the integration whose URL it went to; one that went nowhere leaves open what is open. */
async function requestOf(integration, source, signal) {
  const logged = await get(`requests/${source.id}`, signal);
  const { integration: name } = logged.summary;
  const its = name && name !== integration?.name ? await integrationOf(name, signal) : integration;
  return { integration: its, source, original: holdable(logged.draft), logged };
}
