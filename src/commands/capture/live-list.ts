/** A line for each request, as it comes. */

import {
  contentOf,
  eventHeaderOf,
  eventOfOne,
  FirstByMark,
  fieldsOf,
  type ReceiverEvent,
  reasonOf,
  retryMarks,
  type SpooledRequest,
  shapeOf,
} from "../../server/capture/index.ts";
import type { Output } from "../../ui/output.ts";
import { printableLine } from "../../ui/steering.ts";
import { fileSize } from "../../ui/text.ts";

type Received = Extract<ReceiverEvent, { kind: "received" }>;

/** How much of a stranger's text a line shows. */
const MAX_TEXT = 60;

export class LiveList {
  /** How many requests are on the disk. */
  received = 0;
  readonly #out: Output;
  readonly #onAnswered: (received: number) => void;
  readonly #numbers = new Map<string, number>();
  /** The first request of each delivery, of each body and of each shape. */
  readonly #first = new FirstByMark<number>();
  #answered = 0;
  /** Lines are written one after the other, in the order of the requests. */
  #lines: Promise<void> = Promise.resolve();

  /** @param onAnswered Told how many requests have had their answer. */
  constructor(out: Output, onAnswered: (answered: number) => void) {
    this.#out = out;
    this.#onAnswered = onAnswered;
  }

  show(event: ReceiverEvent): void {
    const { yellow, red } = this.#out.paintStderr;
    switch (event.kind) {
      case "received":
        this.received += 1;
        this.#numbers.set(event.request.id, this.received);
        this.#write(this.received, event);
        return;
      case "answered": {
        const number = this.#take(event.request);
        if (event.forwarded) this.#out.say(`           #${number} answered by ${event.status}`);
        this.#answered += 1;
        this.#onAnswered(this.#answered);
        return;
      }
      case "forward-failed":
        this.#out.say(
          yellow(
            `           #${this.#numbers.get(event.request.id)} not forwarded: ${printableLine(event.reason)}`,
          ),
        );
        return;
      case "refused":
        this.#out.say(
          `${clock(new Date())}  ${red(`refused by ${event.status}`)}  ${printableLine(event.reason)}  ${event.remote}`,
        );
    }
  }

  /** Resolves when everything that happened is shown. */
  shown(): Promise<void> {
    return this.#lines;
  }

  #write(number: number, event: Received): void {
    this.#lines = this.#lines.then(() => this.#line(event, number));
  }

  #take({ id }: SpooledRequest): number {
    const number = this.#numbers.get(id) ?? 0;
    this.#numbers.delete(id);
    return number;
  }

  async #line({ request, small, todo }: Received, number: number): Promise<void> {
    const { dim, bold, yellow } = this.#out.paintStderr;
    const { event, note } = await this.#readingOf(request, small, number);
    const parts = [
      clock(new Date(request.receivedAt)),
      `#${number}`.padEnd(5),
      request.method.padEnd(4),
      short(pathOf(request.target)),
      ...(event === undefined ? [] : [bold(short(event))]),
      fileSize(request.bytes),
      ...(note === undefined ? [] : [dim(note)]),
    ];
    this.#out.say(parts.join("  "));
    if (todo !== undefined) this.#out.say(yellow(`           ${printableLine(todo)}`));
  }

  /** What the list says of a request; what is decided in the end is decided over all of them. */
  async #readingOf(
    request: SpooledRequest,
    small: Buffer | undefined,
    number: number,
  ): Promise<{ event?: string; note?: string }> {
    if (request.challenge !== undefined) return { note: `asked by ${request.challenge}` };
    const named = eventHeaderOf(request.headers);
    const retried = this.#first.before(retryMarks(request), number);
    if (retried !== undefined) {
      return { ...(named !== undefined && { event: named }), note: `#${retried} again` };
    }
    try {
      return await this.#contentsOf(request, small, named, number);
    } catch (error) {
      return { note: reasonOf(error) };
    }
  }

  async #contentsOf(
    request: SpooledRequest,
    small: Buffer | undefined,
    named: string | undefined,
    number: number,
  ): Promise<{ event?: string; note?: string }> {
    const content = small && (await contentOf(request.headers, small));
    if (!content) return named === undefined ? {} : { event: named };
    const value = fieldsOf(content);
    const event = eventOfOne(request.headers, value);
    const alike = this.#first.before([`${event} ${shapeOf(content, value)}`], number);
    const notes = [...content.notes, ...(alike === undefined ? [] : [`like #${alike}`])];
    return {
      ...(event !== undefined && { event }),
      ...(notes.length > 0 && { note: notes.join(", ") }),
    };
  }
}

/** What comes after the path may hold keys. */
const pathOf = (target: string): string => target.replace(/\?.*/s, "?…");

function short(text: string): string {
  const clean = printableLine(text).replace(/\s+/g, " ");
  return clean.length > MAX_TEXT ? `${clean.slice(0, MAX_TEXT - 1)}…` : clean;
}

const clock = (time: Date): string => time.toTimeString().slice(0, 8);
