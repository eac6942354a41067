/**
 * Whether a picture is up to date, without drawing it.
 *
 * A picture carries two hashes. `inputs` covers the files it was made from: the fixture, the view and all the
 * Python it can reach, the registry's entry, the avatar, and this program. When it still holds, the picture is
 * fresh, and nothing has to run. `page` covers the page that the browser drew. When the inputs have changed,
 * the message is made anew, and the same page means the same picture.
 */
import { createHash } from "node:crypto";
import type { Checkout } from "../checkout/model.ts";
import { packageVersion } from "../host/assets.ts";
import { listFilesBelow, readBytesIfExists, resolveInside } from "../host/files.ts";
import { readBytesNow } from "../host/read-now.ts";
import { noteOf, withNote } from "../image/index.ts";
import { messagePage, type PageMessage } from "./page.ts";
import type { PictureTarget } from "./scene.ts";
import { pictureIn } from "./svg-picture.ts";

/** The two hashes. */
export interface Stamp {
  inputs: string;
  page: string;
}

/** Grows when the same page is drawn differently: other flags, another geometry, another packing. */
const RENDERER = 1;

const KEYWORD = "connect-webhook";
const FORM = /^inputs=([0-9a-f]{32}) page=([0-9a-f]{32})$/;
const WEBHOOKS = "zerver/webhooks";
const LIBRARY = ["zerver/lib", "zerver/models", "zerver/actions"];
const LIBRARY_FILES = ["zerver/models.py", "zerver/decorator.py"];
/** Each entry of the registry counts for its own pictures only. */
const REGISTRY = "zerver/lib/integrations.py";
const EMOJI_NAMES = "tools/setup/emoji/emoji_names.py";

/** The stamp of a picture, or undefined for one that was made elsewhere. */
export function stampOf(picture: Uint8Array): Stamp | undefined {
  const [, inputs, page] = FORM.exec(noteOf(pictureIn(picture), KEYWORD) ?? "") ?? [];
  return inputs !== undefined && page !== undefined ? { inputs, page } : undefined;
}

/** A PNG with its stamp in it. */
export function stamped(png: Uint8Array, { inputs, page }: Stamp): Buffer {
  return withNote(png, KEYWORD, `inputs=${inputs} page=${page}`);
}

/** The hash of the page that shows a message. */
export async function pageHash(messages: readonly PageMessage[]): Promise<string> {
  const { head, body } = await messagePage(messages);
  return digest([`${RENDERER}`, headHash(head), body]);
}

let known: { head: string; hash: string } | undefined;

/** The head holds the fonts and is large, and nearly always the one before. */
function headHash(head: string): string {
  if (known?.head !== head) known = { head, hash: digest([head]) };
  return known.hash;
}

/** Hashes what pictures of a tree are made from; what they share is read once. */
export class InputHashes {
  readonly #root: string;
  #shared: Promise<string> | undefined;
  readonly #folders = new Map<string, Promise<FolderFacts>>();

  constructor({ root }: Checkout) {
    this.#root = root;
  }

  /** The hash of everything that may change the picture of a target. */
  async of(target: PictureTarget): Promise<string> {
    const { integration, entry } = target;
    const { name, streamName, avatar, logo } = integration;
    const files = [avatar, logo ?? "", fixtureOf(target)];
    this.#shared ??= this.#common();
    return digest([
      await this.#shared,
      JSON.stringify([name, streamName, registered(entry)]),
      ...(await Promise.all(files.map((path) => this.#read(path)))),
      ...(target.messageFile === undefined ? await this.#views(target.integration.directory) : []),
    ]);
  }

  async #common(): Promise<string> {
    const { head } = await messagePage([]);
    const parts: (string | Uint8Array)[] = [packageVersion(), `${RENDERER}`, headHash(head)];
    for (const folder of LIBRARY) parts.push((await this.#folder(folder)).hash);
    for (const file of [...LIBRARY_FILES, EMOJI_NAMES]) parts.push(await this.#read(file));
    return digest(parts);
  }

  /** The hashes of a webhook's folder and of those whose code it uses. */
  async #views(directory: string): Promise<string[]> {
    const seen = new Map<string, string>();
    const queue = [directory];
    for (let folder = queue.shift(); folder !== undefined; folder = queue.shift()) {
      if (seen.has(folder)) continue;
      const { hash, uses } = await this.#folder(folder);
      seen.set(folder, hash);
      queue.push(...uses);
    }
    return [...seen.values()];
  }

  #folder(path: string): Promise<FolderFacts> {
    const facts = this.#folders.get(path) ?? readFolder(this.#root, path);
    this.#folders.set(path, facts);
    return facts;
  }

  async #read(path: string): Promise<Uint8Array | string> {
    if (path === "") return "";
    return (await readBytesIfExists(resolveInside(this.#root, path))) ?? "";
  }
}

function fixtureOf(target: PictureTarget): string {
  if (target.messageFile !== undefined) return target.messageFile;
  const { fixture } = target.entry;
  return fixture === "" ? "" : `${target.integration.fixturesDirectory}/${fixture}`;
}

interface FolderFacts {
  /** Hash of the Python in it, without tests. */
  hash: string;
  /** Folders of other webhooks that it imports from. */
  uses: string[];
}

async function readFolder(root: string, path: string): Promise<FolderFacts> {
  const uses = new Set<string>();
  const parts: (string | Uint8Array)[] = [];
  for (const name of await listFilesBelow(resolveInside(root, path))) {
    if (!name.endsWith(".py") || /(^|\/)tests?(\.py$|\/)/.test(name)) continue;
    if (`${path}/${name}` === REGISTRY) continue;
    const bytes = readBytesNow(resolveInside(root, path, name)) ?? Buffer.alloc(0);
    parts.push(name, bytes);
    if (path.startsWith(WEBHOOKS)) for (const used of importedFolders(bytes)) uses.add(used);
  }
  return { hash: digest(parts), uses: [...uses].sort() };
}

function importedFolders(python: Buffer): string[] {
  const text = python.toString("utf8");
  const dotted = [...text.matchAll(/\bzerver\.webhooks\.(\w+)/g)].map(([, name = ""]) => name);
  const taken = [...text.matchAll(/\bfrom zerver\.webhooks import ([^#\n]+)/g)];
  const names = [...dotted, ...taken.flatMap(([, list = ""]) => list.match(/\w+/g) ?? [])];
  return names.map((name) => `${WEBHOOKS}/${name}`);
}

/** What of an entry decides about the picture: not where it stands in the registry. */
function registered(entry: PictureTarget["entry"]): unknown[] {
  return [
    entry.fixture,
    entry.botName,
    entry.payloadAsQueryParam,
    entry.payloadParamName,
    entry.extraParams,
    entry.useBasicAuth,
    entry.customHeaders,
    entry.channel,
  ];
}

/** A hash in which the parts cannot run into each other. */
function digest(parts: readonly (string | Uint8Array)[]): string {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(`${part.length}\0`).update(part);
  return hash.digest("hex").slice(0, 32);
}
