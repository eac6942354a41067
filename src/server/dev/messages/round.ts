/** Delivering all fixtures of an integration, one after the other, and drawing what comes of them. */
import { listed } from "./listed.ts";
import type { DeliveredFixture, Side } from "./side.ts";
import type { Deliveries, MessageDrawing, ShownDelivery } from "./types.ts";

/** More than any integration has. */
const MOST_FIXTURES = 1_000;
/** Views that hang may take ten seconds each. */
const LONGEST_MS = 60_000;
/** Characters of all cards together. */
const LONGEST_CARDS = 8_000_000;
const TOO_MUCH = "<p>Too much to be drawn beside the others: open it.</p>";

export class Round {
  readonly #now = new Map<string, ShownDelivery>();
  readonly #left: Set<string>;
  readonly #side: Side;
  readonly #drawing: MessageDrawing;
  readonly #name: string;
  /** Fixtures that are not delivered, as there are too many. */
  readonly leftOut: number;

  private constructor(
    side: Side,
    drawing: MessageDrawing,
    name: string,
    files: readonly string[],
    earlier: Deliveries,
  ) {
    this.#side = side;
    this.#drawing = drawing;
    this.#name = name;
    this.#left = new Set(files.slice(0, MOST_FIXTURES));
    this.leftOut = files.length - this.#left.size;
    for (const file of this.#left) {
      const delivery = earlier.get(file);
      if (delivery) this.#now.set(file, delivery);
    }
  }

  /**
   * A round of an integration's fixtures.
   * @param earlier What came of them before, which stands until each has been delivered again.
   * @throws UserError `unknown-integration`.
   */
  static async begin(
    side: Side,
    drawing: MessageDrawing,
    name: string,
    earlier: Deliveries = new Map(),
  ): Promise<Round> {
    const files = await side.fixtures(name);
    return new Round(side, drawing, name, files, earlier);
  }

  /** What came of each fixture. */
  get deliveries(): Deliveries {
    return this.#now;
  }

  /** The fixtures that are still to be delivered. */
  get left(): ReadonlySet<string> {
    return this.#left;
  }

  /**
   * Delivers those that are left, as far as there is time.
   * @param signal Ends it; nothing of what is under way is kept then.
   * @throws The signal's reason; NotLoadedError when the view does not load, EngineBrokenError when no request can be served.
   */
  async run(signal: AbortSignal): Promise<void> {
    const end = performance.now() + LONGEST_MS;
    for (const file of this.#left) {
      if (performance.now() > end) return;
      const delivered = await this.#side.deliver(this.#name, file, signal);
      signal.throwIfAborted();
      const shown = await this.#shown(file, delivered);
      signal.throwIfAborted();
      this.#now.set(file, shown);
      this.#left.delete(file);
    }
  }

  /** What is as it was stays the same object: whoever has made a block of it knows it again. */
  async #shown(file: string, { outcome, content }: DeliveredFixture): Promise<ShownDelivery> {
    const cut = listed(outcome);
    const { messages } = cut;
    const drawn =
      messages.length === 0
        ? ""
        : await this.#drawing.card(this.#side.checkout, this.#name, messages);
    const known = this.#now.get(file);
    let room = LONGEST_CARDS + (known?.card.length ?? 0);
    for (const { card } of this.#now.values()) room -= card.length;
    const shown = { ...cut, content, card: drawn.length > room ? TOO_MUCH : drawn };
    return JSON.stringify(known) === JSON.stringify(shown) && known ? known : shown;
  }
}
