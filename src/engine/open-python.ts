/** Opens Python on a tree: from a snapshot where there is one, with the tree's library and its registry loaded. */
import { canStore, dropCached, isCached, readCached, storeCached } from "./cache.ts";
import { PythonClient } from "./client.ts";
import { codeKey } from "./platform.ts";
import { asKnown, endsPython } from "./process-errors.ts";
import type { Message } from "./protocol.ts";
import { readOwnLibrary, type Sources } from "./source.ts";

/** What is asked of a child is interrupted in it after its time; this much later the child is killed. */
export const GRACE_MS = 2_000;
export const REGISTRY_TIMEOUT_MS = 20_000;

const AGAIN = "Loading the tree's library again";

export interface Opening {
  /** Whether what this start makes may be stored for the next one. */
  mayStore: boolean;
  /** Starts a child from a snapshot, or from nothing. */
  take(snapshot: string | undefined): PythonClient;
  /** Whether nobody waits for it any more. */
  isClosed(): boolean;
  onProgress(message: string): void;
}

/**
 * @param sources The tree's files, as they were at one time.
 * @throws UserError when the library does not load.
 */
export async function openPython(sources: Sources, opening: Opening): Promise<PythonClient> {
  const client = await openLibrary(sources, opening);
  if (await loadRegistry(client, sources, opening)) return client;
  // Whatever its registry does to Python, the first test is where that is told.
  await client.close();
  return openLibrary(sources, opening);
}

/** @returns False when Python is gone. */
async function loadRegistry(
  client: PythonClient,
  { registryKey }: Sources,
  { isClosed }: Opening,
): Promise<boolean> {
  const code = readCached("registry", registryKey);
  let storing: Promise<void> | undefined;
  const listen = (message: Message, bytes: Uint8Array): void => {
    // The first that comes was made before any code of an integration ran.
    if (message.type === "code") storing ??= storeCached("registry", registryKey, bytes);
  };
  const request = { type: "load-registry", timeoutMs: REGISTRY_TIMEOUT_MS } as const;
  try {
    await client.request(request, code ? [code] : [], listen, REGISTRY_TIMEOUT_MS + GRACE_MS);
  } catch (error) {
    if (!endsPython(error) || isClosed()) throw error;
    return false;
  }
  await storing;
  return true;
}

async function openLibrary(
  sources: Sources,
  { mayStore, take, isClosed, onProgress }: Opening,
): Promise<PythonClient> {
  const { key } = sources;
  const expected = isCached("snapshot", key);
  const client = take(expected ? key : undefined);
  const { snapshot } = client;
  if (!expected) onProgress("Loading the tree's library for the first time");
  else if (snapshot === undefined) onProgress(AGAIN);
  const keeps = mayStore && canStore();
  const compiling = keeps ? makeCode() : undefined;
  try {
    await boot(client, sources, keeps && snapshot === undefined);
    return client;
  } catch (error) {
    if (snapshot === undefined || isClosed()) throw asKnown(error);
  } finally {
    await compiling;
  }
  // Whatever is wrong with the snapshot, starting without it is right.
  await client.close();
  dropCached("snapshot", key);
  const fresh = take(undefined);
  onProgress(AGAIN);
  await boot(fresh, sources, keeps).catch((error: unknown) => {
    throw asKnown(error);
  });
  return fresh;
}

async function boot(client: PythonClient, sources: Sources, makeSnapshot: boolean): Promise<void> {
  const { library, integrations, key } = sources;
  const sent = client.snapshot === undefined ? library : { files: [], parts: [] };
  let storing: Promise<void> | undefined;
  await client.request(
    {
      type: "open",
      library: sent.files,
      files: integrations.files,
      makeSnapshot,
    },
    [...sent.parts, ...integrations.parts],
    (message, bytes) => {
      if (message.type === "snapshot" && makeSnapshot) {
        storing ??= storeCached("snapshot", key, bytes);
      }
    },
  );
  await storing;
}

let making: Promise<void> | undefined;

/**
 * Makes V8's code of Pyodide, if there is none yet, in a process that runs no stranger's code: machine code is believed by
 * every process that is given it. Without it Python is only slower.
 */
function makeCode(): Promise<void> | undefined {
  if (isCached("code", codeKey())) return making;
  making ??= compile()
    .catch(() => undefined)
    .finally(() => {
      making = undefined;
    });
  return making;
}

async function compile(): Promise<void> {
  const { files, parts } = await readOwnLibrary();
  const client = new PythonClient(undefined);
  let storing: Promise<void> | undefined;
  try {
    await client.request({ type: "compile", library: files }, parts, (message, bytes) => {
      if (message.type === "code") storing ??= storeCached("code", codeKey(), bytes);
    });
    await storing;
  } finally {
    await client.close();
  }
}
