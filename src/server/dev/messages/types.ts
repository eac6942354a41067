/** All messages of an integration, as the server holds them, and what it needs of other layers to show them. */
import type { Checkout } from "../../../checkout/model.ts";
import type { Delivery, SentMessage } from "../../../engine/types.ts";

/** What came of a fixture, cut to what stands beside others. */
export interface ShownDelivery extends Delivery {
  /** Safe HTML: its messages, drawn; empty when there is none. */
  card: string;
  /** What tells it from others: its texts may be cut. */
  whole: string;
  /** Where there is an error: equal for those that go back to one mistake. */
  cause?: string | undefined;
  /** Equal for fixtures of the same content: by it one is known again that has another name. */
  content?: string | undefined;
}

/** What came of all fixtures, by their names; an empty one stands for a request without a payload. */
export type Deliveries = ReadonlyMap<string, ShownDelivery>;

/** One fixture, before and now. */
export interface ComparedDelivery {
  readonly fixture: string;
  /** What it was called before, where that was something else. */
  readonly formerFixture?: string;
  readonly status: "added" | "changed" | "same" | "removed";
  readonly before: ShownDelivery | undefined;
  readonly after: ShownDelivery | undefined;
}

/** Where a block leads to. */
export interface Place {
  address(fixture: string): string;
  /** A fixture above that fails for the same mistake. */
  failsAs?: string | undefined;
}

/** How the messages of one integration become a page: the command hands it in. */
export interface MessageDrawing {
  /** Messages, drawn: safe HTML. */
  card(checkout: Checkout, name: string, messages: readonly SentMessage[]): Promise<string>;
  /**
   * In the order of the fixtures' names.
   * @param renamed Former names by new ones.
   */
  compare(
    before: Deliveries,
    after: Deliveries,
    renamed: ReadonlyMap<string, string>,
  ): readonly ComparedDelivery[];
  /** What differs in one that has changed: equal for those that have changed in the same way. */
  change(compared: ComparedDelivery): string;
  /** Safe HTML of a fixture. */
  block(compared: ComparedDelivery, place: Place): string;
  /** The same of one that is too large to stand beside others. */
  notice(fixture: string, words: string, place: Place): string;
  /** The styles that these cards need besides those of the frame. */
  styles(cards: readonly string[]): Promise<string>;
}
