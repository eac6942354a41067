/** Delivering changed payloads, up to a limit, and counting what comes of them. */
import { UserError } from "../errors.ts";
import type { FuzzFixture, FuzzOptions } from "./model.ts";
import { type Outcome, type OutcomeKind, outcomeOf } from "./outcome.ts";
import type { Change, FuzzPayload } from "./payload.ts";

/** The limit is reached. */
export class Enough extends Error {}

export class Deliveries {
  readonly #options: FuzzOptions;
  /** How many there were of each kind. */
  readonly outcomes: Partial<Record<OutcomeKind, number>> = {};
  #count = 0;

  constructor(options: FuzzOptions) {
    this.#options = options;
  }

  /** How many there were. */
  get count(): number {
    return this.#count;
  }

  /**
   * Delivers a payload.
   * @param changes What differs in it, by pointers.
   * @throws Enough when the limit is reached.
   */
  async send(
    { fixture, payload }: { fixture: FuzzFixture; payload: FuzzPayload },
    changes: ReadonlyMap<string, Change>,
  ): Promise<Outcome> {
    if (this.#count >= this.#options.limit) throw new Enough();
    this.#count += 1;
    const request = {
      ...fixture.request,
      body: payload.write(changes),
      query: payload.query(changes),
      fixtureName: fixture.file,
    };
    const deliver = () => this.#options.deliver(request).then(outcomeOf, undelivered);
    const first = await deliver();
    // A machine that is busy makes anything take long, once.
    const outcome = first.kind === "hang" ? await deliver() : first;
    this.outcomes[outcome.kind] = (this.outcomes[outcome.kind] ?? 0) + 1;
    this.#options.onDelivery?.();
    return outcome;
  }
}

/** A view that ends Python is a finding; a request that cannot be made at all is none. */
function undelivered(error: unknown): Outcome {
  if (!(error instanceof UserError)) throw error;
  const response = { status: 500, body: "" };
  if (error.code === "view-ends-python") {
    const { message } = error;
    return outcomeOf({
      response,
      messages: [],
      error: { type: "ProcessEnded", message, traceback: message },
    });
  }
  return { kind: "undelivered", delivery: { response, messages: [] }, key: error.message };
}
