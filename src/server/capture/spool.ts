/**
 * The spool: every request that was received, exactly as it came, in a folder that git ignores.
 *
 * A request is two files: `<id>.body`, its bytes, and `<id>.json`, everything else. The second is written last: a body
 * without it was never acknowledged.
 */
import { createHash, randomBytes } from "node:crypto";
import { join } from "node:path";
import { MachineError, UserError } from "../../errors.ts";
import { DurableFolder } from "../../host/durable.ts";
import {
  fileStat,
  listDirectory,
  readBytes,
  readTextIfExists,
  resolveInside,
} from "../../host/files.ts";
import { resolveToWrite } from "../../host/git-folder.ts";
import { parsedJson } from "../../host/json.ts";
import type { ImportedRequest } from "./imports/index.ts";
import { isSpooled, type RequestHead, type SpooledRequest } from "./spooled.ts";

/** Where everything that was captured for an integration is, relative to the tree's root. */
export function captureFolder(name: string): string {
  return `${root}/captures/${name}`;
}

const root = ".connect-webhook";

/** Bodies up to this size are handed back when they are stored. */
const SMALL_BYTES = 256_000;
/** What one run keeps of bodies: the whole internet may be sending. */
const MAX_RUN_BYTES = 2_000_000_000;
/** Files that were never finished are swept after this time: another run may be writing younger ones. */
const STALE_MS = 3_600_000;

export interface StoredBody {
  readonly id: string;
  readonly bytes: number;
  readonly sha256: string;
  /** The body itself when it is small. */
  readonly small: Buffer | undefined;
}

export class Spool {
  /** Its absolute folder. It is made when something comes. */
  readonly path: string;
  readonly #home: string;
  #opened: Promise<DurableFolder> | undefined;
  #count = 0;
  #bytes = 0;

  /**
   * @param checkout The tree's absolute root.
   * @param name A valid name of an integration.
   * @throws UserError `outside-root` when a link in the tree leads out of it, `inside-git` when one leads into git's folder.
   */
  constructor(checkout: string, name: string) {
    this.#home = join(checkout, root);
    this.path = resolveToWrite(checkout, captureFolder(name));
  }

  /** Whether anything is in it. */
  async isEmpty(): Promise<boolean> {
    const entries = await listDirectory(this.path);
    return !entries.some(({ name }) => name.endsWith(".json"));
  }

  /**
   * Stores a body as it comes, without holding it. It counts only after `add`.
   * @throws what the body throws, and UserError or MachineError when the disk refuses. Nothing is left then.
   */
  async storeBody(body: AsyncIterable<Uint8Array>): Promise<StoredBody> {
    const id = this.#newId();
    const hash = createHash("sha256");
    let bytes = 0;
    let parts: Uint8Array[] = [];
    const count = (part: Uint8Array): void => {
      this.#bytes += part.length;
      if (this.#bytes > MAX_RUN_BYTES) throw full();
    };
    async function* watched(): AsyncGenerator<Uint8Array> {
      for await (const part of body) {
        count(part);
        hash.update(part);
        bytes += part.length;
        if (bytes <= SMALL_BYTES) parts.push(part);
        else parts = [];
        yield part;
      }
    }
    const folder = await this.#open();
    await folder.put(`${id}.body`, watched());
    const small = bytes <= SMALL_BYTES ? Buffer.concat(parts) : undefined;
    return { id, bytes, sha256: hash.digest("hex"), small };
  }

  /**
   * Makes a request of a stored body. When this resolves, the request is safe.
   * @throws UserError or MachineError when the disk refuses; the body is removed then.
   */
  async add(
    head: RequestHead,
    { id, bytes, sha256 }: StoredBody,
    challenge: string | undefined,
  ): Promise<SpooledRequest> {
    const request: SpooledRequest = {
      version: 1,
      id,
      ...head,
      bytes,
      sha256,
      ...(challenge !== undefined && { challenge }),
    };
    const folder = await this.#open();
    try {
      await this.#write(request);
      await folder.commit();
    } catch (error) {
      await folder.remove([`${id}.json`, `${id}.body`]).catch(() => undefined);
      throw error;
    }
    return request;
  }

  /**
   * Takes a request that another tool recorded.
   * @param importedFrom The file it comes from.
   */
  async take(
    { body, receivedAt = new Date().toISOString(), ...head }: ImportedRequest,
    importedFrom: string,
  ): Promise<SpooledRequest> {
    const stored = await this.storeBody(once(body));
    return this.add({ ...head, receivedAt, remote: "", importedFrom }, stored, undefined);
  }

  /**
   * Every request, the oldest first.
   * @param onBroken Hears of each file that is no request of this program's, which is then left out.
   * @throws UserError `broken-spool` for such a file, where nobody hears of it.
   */
  async list(onBroken?: (error: UserError) => void): Promise<SpooledRequest[]> {
    const entries = await listDirectory(this.path);
    const names = entries.filter(({ name, kind }) => kind === "file" && name.endsWith(".json"));
    const requests: SpooledRequest[] = [];
    for (const { name } of names) {
      try {
        requests.push(await this.#read(name));
      } catch (error) {
        if (!(onBroken && error instanceof UserError)) throw error;
        onBroken(error);
      }
    }
    return requests;
  }

  /** The bytes of a request's body. */
  async body({ id }: SpooledRequest): Promise<Buffer> {
    // A tree may come with a spool, and with links in it.
    return readBytes(resolveInside(this.path, `${id}.body`));
  }

  /** Writes down what became of requests. */
  async settle(requests: readonly SpooledRequest[]): Promise<void> {
    if (requests.length === 0) return;
    for (const request of requests) await this.#write(request);
    await (await this.#open()).commit();
  }

  /** A place for fixtures of an integration that is not there yet. */
  async fixturesFolder(): Promise<DurableFolder> {
    return DurableFolder.open(join(this.path, "fixtures"));
  }

  /** Makes the folder, once, and sweeps it. A failure is not remembered: the next request tries again. */
  #open(): Promise<DurableFolder> {
    const open = async (): Promise<DurableFolder> => {
      const folder = await DurableFolder.open(this.path);
      await ignore(this.#home);
      await this.#sweep(folder);
      return folder;
    };
    this.#opened ??= open().catch((error: unknown) => {
      this.#opened = undefined;
      throw error;
    });
    return this.#opened;
  }

  async #write(request: SpooledRequest): Promise<void> {
    const text = `${JSON.stringify(request, null, 2)}\n`;
    const folder = await this.#open();
    await folder.put(`${request.id}.json`, Buffer.from(text));
  }

  async #read(name: string): Promise<SpooledRequest> {
    const path = join(this.path, name);
    const value = parsedJson((await readTextIfExists(path)) ?? "");
    if (isSpooled(value) && `${value.id}.json` === name) return value;
    throw new UserError(`${path} is not a request that this program wrote.`, {
      code: "broken-spool",
      hint: "Move the file away, and run the command again.",
    });
  }

  /** Names sort by time; the rest keeps two runs, and two requests of one moment, apart. */
  #newId(): string {
    this.#count += 1;
    const time = new Date().toISOString().replace(/[-:]/g, "").replace(".", "-").replace("Z", "");
    const number = String(this.#count).padStart(5, "0");
    return `${time}-${number}-${randomBytes(3).toString("hex")}`;
  }

  async #sweep(folder: DurableFolder): Promise<void> {
    const entries = await listDirectory(this.path);
    const stale = entries.filter(({ name }) => {
      const stat = name.endsWith(".part") ? fileStat(join(this.path, name)) : undefined;
      return stat !== undefined && Date.now() - stat.modifiedMs > STALE_MS;
    });
    await folder.remove(stale.map(({ name }) => name));
  }
}

function full(): MachineError {
  return new MachineError("This run has kept 2 GB, and keeps no more.", {
    code: "spool-full",
    hint: "End it, look at what came, and delete the folder of the spool.",
  });
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

const IGNORE_ALL = "# Captured requests may hold secrets.\n*\n";

/** Requests hold keys and signatures: git must not see them, whatever a tree says of its own in that place. */
async function ignore(path: string): Promise<void> {
  const folder = await DurableFolder.open(path);
  await folder.put(".gitignore", Buffer.from(IGNORE_ALL));
}
