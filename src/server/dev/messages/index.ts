/** All messages of an integration beside each other, for the page: the integrations that were asked for last. */
import { headOf } from "../../../checkout/revision.ts";
import type { LiveEngine, LiveEngineOptions } from "../live-engine.ts";
import type { Wiring, Workbench } from "../workbench.ts";
import { CommitMessages } from "./commit.ts";
import { MessageList } from "./list.ts";
import { Side, sideOfCommit } from "./side.ts";
import type { MessageDrawing } from "./types.ts";

/** Their messages are kept; a page shows one at a time. */
const MOST_INTEGRATIONS = 4;

export interface MessageListsParts {
  engine: LiveEngine;
  workbench: Workbench;
  /** How the tree of a commit is opened. */
  options: LiveEngineOptions & Wiring;
  /** How the messages of one integration are drawn. */
  drawing(): MessageDrawing;
}

interface Kept {
  list: MessageList;
  drawing: MessageDrawing;
  ofCommit: CommitMessages | undefined;
}

export class MessageLists {
  readonly #parts: MessageListsParts;
  readonly #closing = new AbortController();
  /** The one that was asked for last is the last. */
  readonly #kept = new Map<string, Kept>();

  constructor(parts: MessageListsParts) {
    this.#parts = parts;
  }

  /** @throws UserError `unknown-integration`. */
  of(name: string): MessageList {
    const { engine, workbench, drawing } = this.#parts;
    workbench.find(name);
    const kept = this.#kept.get(name) ?? this.#open(name, new Side(engine, workbench), drawing());
    this.#kept.delete(name);
    this.#kept.set(name, kept);
    const [oldest] = this.#kept;
    if (oldest && this.#kept.size > MOST_INTEGRATIONS) {
      oldest[1].list.end();
      this.#kept.delete(oldest[0]);
    }
    return kept.list;
  }

  /** The tree has changed. */
  end(): void {
    for (const { list } of this.#kept.values()) list.end();
  }

  /** Ends all work. */
  async close(): Promise<void> {
    this.end();
    this.#closing.abort();
    await Promise.all([...this.#kept.values()].map(({ ofCommit }) => ofCommit?.settled()));
  }

  #open(name: string, side: Side, drawing: MessageDrawing): Kept {
    const ofCommit = (): Promise<CommitMessages | undefined> => this.#ofCommit(name, kept);
    const list = new MessageList({ name, side, drawing, ofCommit });
    const kept: Kept = { list, drawing, ofCommit: undefined };
    return kept;
  }

  async #ofCommit(name: string, kept: Kept): Promise<CommitMessages | undefined> {
    const { options } = this.#parts;
    // Without git there is no commit.
    const commit = await headOf(options.root).catch(() => undefined);
    if (commit === undefined) return undefined;
    if (kept.ofCommit?.commit !== commit) {
      const { drawing } = kept;
      const { signal } = this.#closing;
      const open = (): Promise<Side | undefined> => sideOfCommit(commit, options);
      kept.ofCommit = new CommitMessages({ commit, name, drawing, signal, open });
    }
    return kept.ofCommit;
  }
}
