/** Talking to the server. */
import type { DevEvent } from "./model.ts";
import { authorization, proveAgain, WrongServer } from "./token.ts";

/** The server's own words on why it refused, and what to do. */
export class Refused extends Error {
  readonly status: number;
  readonly hint: string | undefined;

  constructor(status: number, said: { message?: string; hint?: string } = {}) {
    super(said.message ?? `The server answered ${status}.`);
    this.status = status;
    this.hint = said.hint;
  }
}

async function ask<T>(
  method: "GET" | "POST",
  path: string,
  body: unknown,
  signal: AbortSignal | undefined,
): Promise<T> {
  const response = await fetch(`/_/${path}`, {
    method,
    headers: {
      Authorization: await authorization(),
      ...(method === "POST" && { "Content-Type": "application/json" }),
    },
    ...(method === "POST" && { body: JSON.stringify(body ?? {}) }),
    ...(signal && { signal }),
  });
  const text = await response.text();
  const isJson = response.headers.get("Content-Type")?.startsWith("application/json");
  const value = isJson ? JSON.parse(text) : { message: text.trim() };
  if (!response.ok) throw new Refused(response.status, value);
  return value as T;
}

/** @throws Refused with the server's reason; an AbortError when the signal is aborted. */
export const get = <T>(path: string, signal?: AbortSignal): Promise<T> =>
  ask("GET", path, undefined, signal);

/** The same, and may change something. */
export const post = <T>(path: string, body?: unknown, signal?: AbortSignal): Promise<T> =>
  ask("POST", path, body, signal);

/** A path of encoded parts. */
export const at = (...parts: string[]): string => parts.map(encodeURIComponent).join("/");

/** How things stand with the server: a refusal is its answer, `other` is another program's, `gone` is none at all. */
export type Connection = "there" | "gone" | "other" | Refused;

/**
 * Listens to the server, again and again: it may be restarted.
 * @param onEvent Told each event.
 * @param onConnection Told each time that it may have changed.
 */
export async function listen(
  onEvent: (event: DevEvent) => void,
  onConnection: (connection: Connection) => void,
): Promise<never> {
  for (let wait = 500; ; wait = Math.min(wait * 1.5, 5000)) {
    try {
      const response = await fetch("/_/events", {
        headers: { Authorization: await authorization() },
      });
      if (response.ok && response.body) {
        onConnection("there");
        wait = 500;
        await readEvents(response.body, onEvent);
        proveAgain();
        onConnection("gone");
      } else onConnection(new Refused(response.status));
    } catch (error) {
      proveAgain();
      onConnection(error instanceof WrongServer ? "other" : "gone");
    }
    await new Promise((resolve) => setTimeout(resolve, wait));
  }
}

async function readEvents(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  onEvent: (event: DevEvent) => void,
): Promise<void> {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  for (;;) {
    const { done, value } = await reader.read().catch(() => ({ done: true, value: undefined }));
    if (done) return;
    text += value;
    const parts = text.split("\n\n");
    text = parts.pop() ?? "";
    for (const part of parts) if (part.startsWith("data: ")) onEvent(JSON.parse(part.slice(6)));
  }
}
