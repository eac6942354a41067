/** What the pictures of a tree are made from, as hashes: the tree's own part of a picture's stamp. */
import { digest } from "../host/checksum.ts";
import { listFilesBelow, resolveInside } from "../host/files.ts";
import { readBytesNow } from "../host/read-now.ts";
import { Remembered } from "../host/reads.ts";
import { registryPath, webhooksDirectory } from "./find.ts";
import type { Integration, ScreenshotEntry } from "./model.ts";
import { foldersNamedIn } from "./webhook-imports.ts";

const LIBRARY = ["zerver/lib", "zerver/models", "zerver/actions"];
const LIBRARY_FILES = [
  "zerver/models.py",
  "zerver/decorator.py",
  "tools/setup/emoji/emoji_names.py",
];

/** What of a picture's configuration and its integration decides about it. */
export interface PictureSource {
  readonly integration: Pick<Integration, "name" | "streamName" | "avatar" | "logo">;
  readonly entry: Omit<ScreenshotEntry, "range" | "line">;
  /** The payload, relative to the root; undefined for a picture that is driven by parameters alone. */
  readonly fixture: string | undefined;
  /** The integration's folder; undefined when no view has a part in the picture. */
  readonly directory: string | undefined;
}

/** Hashes what pictures of a tree are made from; what they share is read once. */
export class PictureSources {
  readonly #root: string;
  readonly #shared = new Remembered();

  /** @param root The tree's absolute root. */
  constructor(root: string) {
    this.#root = root;
  }

  /** Hash of what the message is about: the fixture and the registry's entry. */
  data({ integration, entry, fixture }: PictureSource): string {
    const { name, streamName } = integration;
    const stated = JSON.stringify([name, streamName, ...registered(entry)]);
    return digest([stated, this.#read(fixture) ?? ""]);
  }

  /** Hash of the avatar, and of the Python of the integration's folder and of those whose code it uses. */
  async form({ integration, directory }: PictureSource): Promise<string> {
    const { avatar, logo } = integration;
    const face = this.#read(avatar) ?? this.#read(logo) ?? "";
    const seen = new Map<string, string>();
    const queue = directory === undefined ? [] : [directory];
    for (let folder = queue.shift(); folder !== undefined; folder = queue.shift()) {
      if (seen.has(folder)) continue;
      const { hash, uses } = await this.#folder(folder);
      seen.set(folder, hash);
      for (const use of uses) queue.push(use);
    }
    return digest([face, ...seen.values()]);
  }

  /** Hash of the library that every integration is built on. */
  library(): Promise<string> {
    return this.#shared.once("library", () => this.#readLibrary());
  }

  async #readLibrary(): Promise<string> {
    const parts: (string | Uint8Array)[] = [];
    for (const folder of LIBRARY) parts.push((await this.#folder(folder)).hash);
    for (const file of LIBRARY_FILES) parts.push(this.#read(file) ?? "");
    return digest(parts);
  }

  #folder(path: string): Promise<FolderFacts> {
    return this.#shared.once(`folder:${path}`, () => readFolder(this.#root, path));
  }

  #read(path: string | undefined): Uint8Array | undefined {
    const bytes = path === undefined ? undefined : readBytesNow(resolveInside(this.#root, path));
    return bytes && asStored(bytes);
  }
}

/**
 * A text as git stores it, whatever line ends it has given it in this clone: by a setting of the machine, or by
 * `.gitattributes`, forms in parts have others than those they came with.
 */
function asStored(bytes: Buffer): Buffer {
  if (!bytes.includes("\r\n") || bytes.includes(0)) return bytes;
  return Buffer.from(bytes.toString("latin1").replaceAll("\r\n", "\n"), "latin1");
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
    // Each entry of the registry counts for its own pictures only.
    if (`${path}/${name}` === registryPath) continue;
    const bytes = readBytesNow(resolveInside(root, path, name)) ?? Buffer.alloc(0);
    parts.push(name, asStored(bytes));
    if (!path.startsWith(webhooksDirectory)) continue;
    for (const folder of foldersNamedIn(bytes.toString()))
      uses.add(`${webhooksDirectory}/${folder}`);
  }
  return { hash: digest(parts), uses: [...uses].sort() };
}

/** What of an entry decides about the picture: not where it stands in the registry. */
function registered(entry: PictureSource["entry"]): unknown[] {
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

/** The source of a configured picture of an integration. */
export function sourceOf(integration: Integration, entry: PictureSource["entry"]): PictureSource {
  const { directory, fixturesDirectory } = integration;
  const fixture = entry.fixture === "" ? undefined : `${fixturesDirectory}/${entry.fixture}`;
  return { integration, entry, fixture, directory };
}
