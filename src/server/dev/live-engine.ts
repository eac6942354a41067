/** The engine behind the endpoint: one request at a time, on the tree as it is now. */
import { namesBotsAsDisplayed } from "../../checkout/screenshot-tool.ts";
import {
  type DeliveryRequest,
  type Engine,
  openEngine,
  type PreparedRequest,
  type Realm,
  type RealmOptions,
  ReusedEngine,
  type WireDelivery,
  type WireRequest,
} from "../../engine/index.ts";
import { messageOf, UserError } from "../../errors.ts";
import { PriorityQueue, type Urgency } from "../../host/priority-queue.ts";
import type { EngineState } from "./types.ts";

/** More requests than this wait for Python only when something is wrong. */
const CAPACITY = 1_000;

export interface LiveEngineOptions {
  root: string;
  realm: RealmOptions;
  /** A view that takes longer is stopped. Milliseconds. */
  timeoutMs: number;
  signal: AbortSignal;
  onState(state: EngineState): void;
}

/** The tree's code does not load at the moment. */
export class EngineBrokenError extends Error {
  readonly hint: string | undefined;

  constructor(message: string, hint: string | undefined) {
    super(message);
    this.hint = hint;
  }
}

export class LiveEngine {
  readonly #options: LiveEngineOptions;
  readonly #queue = new PriorityQueue(CAPACITY);
  readonly #engine: ReusedEngine;
  #realm: Promise<Realm> | undefined;
  #state: EngineState = { is: "starting" };
  /** Edits that Python does not know yet, relative to the root. */
  readonly #edited = new Set<string>();
  #closed = false;

  constructor(options: LiveEngineOptions) {
    this.#options = options;
    const { root, timeoutMs: testTimeoutMs, signal } = options;
    const open = () => openEngine({ root, targets: [], testTimeoutMs, signal });
    this.#engine = new ReusedEngine(open);
    this.warm();
  }

  get state(): EngineState {
    return this.#state;
  }

  /** Serves a request. One that is isolated is a draft, which requests of services go before. */
  receive(request: Omit<WireRequest, "realm">, signal?: AbortSignal): Promise<WireDelivery> {
    const realm = this.#realmOptions();
    return this.#ask(
      request.isolated ? "draft" : "request",
      (engine) => engine.receive({ ...request, realm }),
      signal,
    );
  }

  /** The request that a payload makes. */
  prepare(request: DeliveryRequest, signal?: AbortSignal): Promise<PreparedRequest> {
    const realm = this.#realmOptions();
    return this.#ask("draft", (engine) => engine.prepare(request, realm), signal);
  }

  /** The bots and streams there are. */
  realm(): Promise<Realm> {
    this.#realm ??= this.#ask("draft", (engine) => engine.describeRealm(this.#realmOptions()));
    this.#realm.catch(() => {
      this.#realm = undefined;
    });
    return this.#realm;
  }

  /** The tree has changed: what is asked from now on is answered by the tree as it is now. */
  renew(edited: readonly string[]): void {
    for (const path of edited) this.#edited.add(path);
    this.#realm = undefined;
    this.warm();
  }

  /** Has Python ready before it is asked. */
  warm(): void {
    this.realm().catch(() => undefined);
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#engine.close();
  }

  /** Bots are called as in the tree's pictures. */
  #realmOptions(): RealmOptions {
    const { root, realm } = this.#options;
    return { ...realm, botsAsDisplayed: namesBotsAsDisplayed(root) };
  }

  #ask<T>(
    urgency: Urgency,
    question: (engine: Engine) => Promise<T>,
    signal?: AbortSignal,
  ): Promise<T> {
    return this.#queue.pass(urgency, async () => question(await this.#current()), signal);
  }

  async #current(): Promise<Engine> {
    if (this.#edited.size === 0 && this.#state.is === "ready") return this.#engine.after();
    this.#tell({ is: "starting" });
    const edited = [...this.#edited];
    this.#edited.clear();
    try {
      const engine = await this.#engine.after(edited);
      // The registry is loaded with the first question; one that does not load breaks all of them.
      await engine.describeRealm(this.#realmOptions());
      this.#tell({ is: "ready" });
      return engine;
    } catch (error) {
      const hint = error instanceof UserError ? error.hint : undefined;
      const message = messageOf(error);
      this.#tell({ is: "broken", message, ...(hint !== undefined && { hint }) });
      throw new EngineBrokenError(message, hint);
    }
  }

  #tell(state: EngineState): void {
    this.#state = state;
    if (!this.#closed) this.#options.onState(state);
  }
}
