/** Talking to the server. The token came in the address, after `#`, which is never sent anywhere. */

const KEY = "connect-webhook-token";

/** Takes the token out of the address, so that it is in no history and no screenshot. */
function takeToken() {
  const given = new URLSearchParams(location.hash.slice(1)).get("token");
  if (given) {
    sessionStorage.setItem(KEY, given);
    history.replaceState(null, "", location.pathname);
  }
  return sessionStorage.getItem(KEY) ?? "";
}

const token = takeToken();

/** The server's own words on why it refused, and what to do. */
export class Refused extends Error {
  constructor(status, { message, hint, code } = {}) {
    super(message ?? `The server answered ${status}.`);
    this.status = status;
    this.hint = hint;
    this.code = code;
  }
}

async function ask(method, path, body, signal) {
  const response = await fetch(`/_/${path}`, {
    method,
    headers: {
      Authorization: `Bearer ${token}`,
      ...(method === "POST" && { "Content-Type": "application/json" }),
    },
    ...(method === "POST" && { body: JSON.stringify(body ?? {}) }),
    signal,
  });
  const text = await response.text();
  const isJson = response.headers.get("Content-Type")?.startsWith("application/json");
  const value = isJson ? JSON.parse(text) : { message: text.trim() };
  if (!response.ok) throw new Refused(response.status, value);
  return value;
}

export const get = (path, signal) => ask("GET", path, undefined, signal);
export const post = (path, body, signal) => ask("POST", path, body, signal);

/** A path of encoded parts. */
export const at = (...parts) => parts.map(encodeURIComponent).join("/");

/**
 * Listens to the server, again and again: it may be restarted.
 * @param onEvent Told each event.
 * @param onState Told `true` when connected, `false` when not, and the refusal when there is no hope.
 */
export async function listen(onEvent, onState) {
  for (let wait = 500; ; wait = Math.min(wait * 1.5, 5000)) {
    try {
      const response = await fetch("/_/events", { headers: { Authorization: `Bearer ${token}` } });
      if (!response.ok) return onState(new Refused(response.status));
      onState(true);
      wait = 500;
      await readEvents(response.body, onEvent);
    } catch {
      // The server is gone: it is said below, and asked for again.
    }
    onState(false);
    await new Promise((resolve) => setTimeout(resolve, wait));
  }
}

async function readEvents(body, onEvent) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    text += value;
    const parts = text.split("\n\n");
    text = parts.pop();
    for (const part of parts) if (part.startsWith("data: ")) onEvent(JSON.parse(part.slice(6)));
  }
}
