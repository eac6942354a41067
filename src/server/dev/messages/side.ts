/** A tree whose fixtures are delivered: the one that is worked in, or the same as a commit has it. */
import { integrationFiles, openCheckout } from "../../../checkout/index.ts";
import type { Checkout } from "../../../checkout/model.ts";
import { revisionOf } from "../../../checkout/revision.ts";
import { UserError } from "../../../errors.ts";
import { failure, receive } from "../deliver.ts";
import { LiveEngine, type LiveEngineOptions } from "../live-engine.ts";
import { shownOutcome } from "../shown.ts";
import type { Draft, Outcome } from "../types.ts";
import { toWire } from "../wire.ts";
import { type Wiring, Workbench } from "../workbench.ts";
import { contentOf, withFault } from "./faulty-fixture.ts";
import { failsToLoad, notLoaded } from "./not-loaded.ts";

/** What came of a fixture. */
export interface DeliveredFixture {
  outcome: Outcome;
  /** Equal for fixtures of the same content. */
  content?: string;
}

export class Side {
  readonly #engine: LiveEngine;
  readonly #workbench: Workbench;

  /** @param close Ends what was opened for it. */
  constructor(
    engine: LiveEngine,
    workbench: Workbench,
    readonly close: () => Promise<void> = async () => undefined,
  ) {
    this.#engine = engine;
    this.#workbench = workbench;
  }

  get checkout(): Checkout {
    return this.#workbench.checkout;
  }

  /**
   * The fixtures of an integration; where it has none, an empty name for a request without a payload.
   * @throws UserError `unknown-integration`.
   */
  async fixtures(name: string): Promise<string[]> {
    const { fixtures } = await integrationFiles(this.checkout, this.#workbench.find(name));
    return fixtures.length === 0 ? [""] : fixtures.map(({ file }) => file);
  }

  /**
   * What comes of a fixture, sent as the page sends it. A view that reads the clock sees the moment that it sees in
   * pictures: it would say something else each time.
   * @throws NotLoadedError when the view does not load; EngineBrokenError when no request can be served.
   */
  async deliver(name: string, file: string, signal: AbortSignal): Promise<DeliveredFixture> {
    const started = performance.now();
    let draft: Draft | undefined;
    const path = `${this.#workbench.find(name).fixturesDirectory}/${file}`;
    try {
      draft = await this.#workbench.draft(name, file, signal);
      const now = this.#workbench.moment(name, file);
      const request = { ...toWire(draft), isolated: true, ...(now !== undefined && { now }) };
      const delivery = await receive(this.#engine, request, signal);
      if (failsToLoad(delivery.error)) throw notLoaded(delivery.error);
      const outcome = shownOutcome(delivery, performance.now() - started);
      return { outcome: withFault(outcome, draft, path), content: contentOf(draft) };
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      const { error: refusal, ...rest } = failure(error);
      // Where there is a payload and no request, the engine has refused the integration.
      if (draft === undefined && error.code === "cannot-deliver" && refusal)
        throw notLoaded(refusal);
      return { outcome: shownOutcome({ ...rest, ...(refusal && { error: refusal }) }, 0) };
    }
  }
}

/**
 * The tree as a commit has it, with a Python of its own.
 * @returns Undefined when there is no tree in this place at that commit.
 * @throws UserError when git cannot give its files, or they cannot be read.
 */
export async function sideOfCommit(
  commit: string,
  options: LiveEngineOptions & Wiring,
): Promise<Side | undefined> {
  const revision = await revisionOf(options.root, commit);
  if (!revision) return undefined;
  try {
    const checkout = await openCheckout(revision.root);
    const engine = new LiveEngine({ ...options, root: revision.root });
    return new Side(engine, new Workbench(checkout, engine, options), async () => {
      await engine.close();
      await revision.release();
    });
  } catch (error) {
    await revision.release();
    throw error;
  }
}
