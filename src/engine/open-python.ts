/** Opens Python on a tree: from a snapshot where there is one, with the tree's library and its registry loaded. */
import { canStore, dropCached, isCached, readCached, storeCached } from "./cache.ts";
import { ChildDiedError, PythonClient, type takePython } from "./client.ts";
import { codeKey } from "./platform.ts";
import { asKnown, endsPython, isLibraryError, neverStarted } from "./process-errors.ts";
import type { Message, Request } from "./protocol.ts";
import { type Edit, type Package, readHarness, readOwnLibrary, type Sources } from "./source.ts";
import type { PythonPool } from "./types.ts";

/** What is asked of a child is interrupted in it after its time; this much later the child is killed. */
export const GRACE_MS = 2_000;
export const REGISTRY_TIMEOUT_MS = 20_000;

const AGAIN = "Loading the tree's library again";

export interface Opening {
  /** Whether what this start makes may be stored for the next one. */
  mayStore: boolean;
  /** Where a child may be that has loaded the library already. */
  pool?: PythonPool | undefined;
  /** Told of a child that was taken from there. */
  onTaken(client: PythonClient): void;
  /** Starts a child. */
  take: typeof takePython;
  /** Aborted when nobody waits for it any more: no child is started then, nor waited for. */
  closed: AbortSignal;
  onProgress(message: string): void;
}

/**
 * @param sources The tree's files, as they were at one time.
 * @throws UserError when the library does not load.
 */
export async function openPython(sources: Sources, opening: Opening): Promise<PythonClient> {
  opening.closed.throwIfAborted();
  const reused = await reuse(sources, opening);
  if (reused) return reused;
  const client = await openLibrary(sources, opening);
  if (await loadRegistry(client, sources, opening)) return client;
  // Whatever its registry does to Python, the first test is where that is told.
  await client.close();
  return openLibrary(sources, opening);
}

/** Turns an idle child's tree into this one. One that cannot be turned is ended. */
async function reuse(sources: Sources, opening: Opening): Promise<PythonClient | undefined> {
  const client = opening.pool?.take(({ loaded }) => loaded?.library === sources.key);
  if (!client?.loaded) return undefined;
  opening.onTaken(client);
  try {
    await renew(client, {
      ...changesTo(sources.integrations, client.loaded.files),
      registry: true,
    });
    // Code of integrations has run in it: what it says that the registry's code is nobody else may be given.
    if (await loadRegistry(client, sources, opening, false)) return client;
  } catch {
    // Another one is started.
  }
  await client.close();
  return undefined;
}

/** What has to be sent and removed so that these are the files. */
function changesTo(
  wanted: Package,
  files: ReadonlyMap<string, Uint8Array>,
): Omit<Edit, "registry"> {
  const changed = wanted.files.flatMap((file, index) => {
    const part = wanted.parts[index] as Uint8Array;
    const known = files.get(file.path);
    return known !== undefined && Buffer.compare(known, part) === 0 ? [] : [{ file, part }];
  });
  const paths = new Set(wanted.files.map(({ path }) => path));
  return {
    files: changed.map(({ file }) => file),
    parts: changed.map(({ part }) => part),
    removed: [...files.keys()].filter((path) => !paths.has(path)),
  };
}

/** Has a child take an edit in. */
export async function renew(client: PythonClient, { parts, ...edit }: Edit): Promise<void> {
  await client.request({ type: "renew", ...edit }, parts, () => undefined);
  for (const path of edit.removed) client.loaded?.files.delete(path);
  addFiles(client, { files: edit.files, parts });
}

function addFiles({ loaded }: PythonClient, { files, parts }: Package): void {
  for (const [index, { path }] of files.entries())
    loaded?.files.set(path, parts[index] as Uint8Array);
}

/** @returns False when Python is gone. */
async function loadRegistry(
  client: PythonClient,
  { registryKey }: Sources,
  { closed }: Opening,
  mayStore = true,
): Promise<boolean> {
  const code = readCached("registry", registryKey);
  let storing: Promise<void> | undefined;
  const listen = (message: Message, bytes: Uint8Array): void => {
    // The first that comes was made before any code of an integration ran.
    if (message.type === "code" && mayStore)
      storing ??= storeCached("registry", registryKey, bytes);
  };
  const request = { type: "load-registry", timeoutMs: REGISTRY_TIMEOUT_MS } as const;
  try {
    await client.request(request, code ? [code] : [], listen, REGISTRY_TIMEOUT_MS + GRACE_MS);
  } catch (error) {
    if (!endsPython(error) || closed.aborted) throw error;
    return false;
  }
  await storing;
  return true;
}

async function openLibrary(
  sources: Sources,
  { mayStore, take, closed, onProgress }: Opening,
): Promise<PythonClient> {
  closed.throwIfAborted();
  const { key } = sources;
  const expected = isCached("snapshot", key);
  const client = take(expected ? key : undefined);
  const { snapshot } = client;
  if (!expected) onProgress("Loading the tree's library for the first time");
  else if (snapshot === undefined) onProgress(AGAIN);
  const keeps = mayStore && canStore();
  const compiling = keeps ? makeOwn() : undefined;
  try {
    await boot(client, sources, keeps && snapshot === undefined);
    return client;
  } catch (error) {
    // It was ended on purpose, which nobody needs explained.
    if (closed.aborted) throw error;
    const isTree = endsPython(error) && isLibraryError(error);
    if (!client.hasMemory || isTree) throw await explain(error);
  } finally {
    if (compiling) await waitUnless(closed, compiling);
  }
  // Whatever is wrong with the memory, starting without it is right.
  await client.close();
  closed.throwIfAborted();
  if (snapshot !== undefined) dropCached("snapshot", key);
  const fresh = take(undefined, false);
  onProgress(AGAIN);
  await boot(fresh, sources, keeps).catch(async (error: unknown) => {
    throw closed.aborted ? error : await explain(error);
  });
  // A library that ends Python does so without it as well.
  if (snapshot === undefined) dropCached("base", codeKey());
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
  client.loaded = { library: key, files: new Map() };
  addFiles(client, integrations);
}

/** An error of a start, as the user is told. A tree is to blame only if Python starts without one. */
async function explain(error: unknown): Promise<unknown> {
  if (!(error instanceof ChildDiedError)) return asKnown(error);
  const client = new PythonClient(undefined, { mayUseBase: false });
  try {
    const nothing: Request = { type: "open", library: [], files: [], makeSnapshot: false };
    await client.request(nothing, [], () => undefined);
  } catch (own) {
    if (own instanceof ChildDiedError) return neverStarted(own);
    // It answers that there is no library: so it starts.
  } finally {
    await client.close();
  }
  return asKnown(error);
}

let making: Promise<void> | undefined;
let maker: PythonClient | undefined;

/** Waits for what `makeOwn` makes. Once that is not wanted any more, this program may end before it is there. */
async function waitUnless(closed: AbortSignal, made: Promise<void>): Promise<void> {
  const letGo = new Promise<void>((resolve) => {
    if (closed.aborted) resolve();
    else closed.addEventListener("abort", () => resolve(), { once: true });
  });
  await Promise.race([made, letGo]);
  if (closed.aborted) maker?.mayBeLeft(true);
}

/**
 * Makes what every start of this program has use for and no tree has a part in, if there is none yet: V8's code of Pyodide,
 * and the memory with the harness loaded. It is a process that runs no stranger's code: machine code is believed by every
 * process that is given it. Without them Python is only slower.
 */
function makeOwn(): Promise<void> | undefined {
  const key = codeKey();
  if (isCached("code", key) && isCached("base", key)) return making;
  // An earlier one may have been closed while this was made.
  maker?.mayBeLeft(false);
  making ??= compile()
    .catch(() => undefined)
    .finally(() => {
      making = undefined;
    });
  return making;
}

async function compile(): Promise<void> {
  const [harness, library] = await Promise.all([readHarness(), readOwnLibrary()]);
  // V8 makes more code in all of a start than in the rest of one.
  const client = new PythonClient(undefined, { mayUseBase: false });
  maker = client;
  const storing: Promise<void>[] = [];
  try {
    await client.request(
      { type: "compile", harness: harness.files, library: library.files },
      [...harness.parts, ...library.parts],
      ({ type }, bytes) => {
        if (type === "snapshot") storing.push(storeCached("base", codeKey(), bytes));
        if (type === "code") storing.push(storeCached("code", codeKey(), bytes));
      },
    );
    await Promise.all(storing);
  } finally {
    maker = undefined;
    await client.close();
  }
}
