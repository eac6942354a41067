/** Runs a drafted view before it is written, so that the plan and the new tests say what it sends. */
import { type Delivery, type Engine, proposedFiles, startSparePython } from "../../engine/index.ts";
import { UserError } from "../../errors.ts";
import { outcomeOf } from "../../record/index.ts";
import type { DraftedIntegration, Outcome } from "../../scaffold/index.ts";
import type { Context } from "../define.ts";
import { startEngine } from "../engine.ts";
import { tolerate } from "./tolerate.ts";

/** A drafted view, and the engine that runs it. */
export class DraftRun {
  readonly #root: string;
  readonly #context: Context;
  #engine: Engine | undefined;

  /**
   * Starts Python, which takes as long as the drafting, where none is there to be used again.
   * @param root The tree's absolute folder, which is not touched.
   */
  constructor(root: string, context: Context) {
    this.#root = root;
    this.#context = context;
    if (!context.pools?.python.hasIdle) startSparePython();
  }

  /** The engine that has the draft; undefined where none could be started, which was said. */
  get engine(): Engine | undefined {
    return this.#engine;
  }

  /** What the view sends for each fixture. */
  readonly outcomes = async (draft: DraftedIntegration): Promise<Outcome[]> => {
    const { name, directory, changes, fixtures } = draft;
    const proposed = proposedFiles(changes);
    const options = { root: this.#root, targets: [{ name, directory }], proposed };
    let why = "";
    if (this.#engine) await this.#engine.refresh({ edited: [], proposed });
    this.#engine ??= await tolerate(
      () => startEngine(options, this.#context),
      (reason) => {
        why = reason;
        return `The view was not run, so its tests say TODO where a message belongs: ${reason}`;
      },
      this.#context,
    );
    const outcomes: Outcome[] = [];
    for (const fixture of fixtures)
      outcomes.push(this.#engine ? await deliver(this.#engine, draft, fixture) : { reason: why });
    return outcomes;
  };

  async close(): Promise<void> {
    await this.#engine?.close();
  }
}

/** Of several messages the tree's tests look at the last. */
function ofLast(delivery: Delivery): Delivery {
  const last = delivery.messages.at(-1);
  return last ? { ...delivery, messages: [last] } : delivery;
}

async function deliver(
  engine: Engine,
  { name, streamName, auth }: DraftedIntegration,
  fixture: string,
): Promise<Outcome> {
  try {
    const delivery = await engine.deliver({
      integration: name,
      fixture,
      stream: streamName,
      useBasicAuth: auth === "basic",
    });
    const outcome = outcomeOf(ofLast(delivery));
    if (outcome.kind === "message") return outcome;
    return { reason: outcome.kind === "nothing" ? "the view sends no message" : outcome.reason };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { reason: error.message };
  }
}
