/** Telling the open pages what happens, as server-sent events. */
import type { DevEvent } from "./types.ts";

/** Something has to be sent more often than an idle connection is cut. */
const HEARTBEAT_MS = 25_000;
/** A page that reads so slowly is cut off: it connects again then, and asks for how things stand. */
const MAX_WAITING = 1_000;
const MAX_WAITING_CHARACTERS = 4_000_000;

export class EventHub {
  readonly #listeners = new Set<(event: DevEvent) => void>();
  readonly #closing = new AbortController();

  /** Ends all streams. */
  close(): void {
    this.#closing.abort();
  }

  send(event: DevEvent): void {
    for (const listen of this.#listeners) listen(event);
  }

  /**
   * The events from now on, as they go over the wire.
   * @param client Ends the stream when it has gone.
   */
  async *stream(client: AbortSignal): AsyncGenerator<string, void> {
    const signal = AbortSignal.any([client, this.#closing.signal]);
    const waiting: string[] = [": hello\n\n"];
    let [characters, tooSlow] = [0, false];
    let notify: () => void = () => undefined;
    const say = (text: string): void => {
      characters += text.length;
      // Whoever does not read at all is not even noticed to be slow, and must not fill the memory.
      tooSlow ||= waiting.length >= MAX_WAITING || characters > MAX_WAITING_CHARACTERS;
      if (tooSlow) waiting.length = 0;
      else waiting.push(text);
      notify();
    };
    const listen = (event: DevEvent): void => say(`data: ${JSON.stringify(event)}\n\n`);
    const heartbeat = setInterval(() => say(": still here\n\n"), HEARTBEAT_MS);
    this.#listeners.add(listen);
    signal.addEventListener("abort", () => notify(), { once: true });
    try {
      while (!signal.aborted && !tooSlow) {
        const next = waiting.shift();
        characters -= next?.length ?? 0;
        if (next !== undefined) yield next;
        else
          await new Promise<void>((resolve) => {
            notify = resolve;
          });
      }
    } finally {
      clearInterval(heartbeat);
      this.#listeners.delete(listen);
    }
  }
}
