/** The part of `capture` that listens, and shows what comes. */
import { UserError } from "../../errors.ts";
import { environment } from "../../host/environment.ts";
import { isLocalHost } from "../../host/http-client.ts";
import type { HttpServer } from "../../host/http-server.ts";
import { startReceiver } from "../../server/capture/index.ts";
import { count } from "../../ui/text.ts";
import type { Context } from "../define.ts";
import { LiveList } from "./live-list.ts";
import type { CaptureOptions } from "./options.ts";
import type { Target } from "./target.ts";

/** The usual port, so that a tunnel can be set up once. */
const PORT = 8484;

/** Receives until `q`, Ctrl-C or the number of requests that was asked for. */
export async function receive(
  { spool, name }: Target,
  options: CaptureOptions,
  context: Context,
): Promise<void> {
  const { out } = context;
  const { forward: forwardTo } = options;
  const secret = options.secret ?? environment("CONNECT_WEBHOOK_SECRET");
  let end = (): void => undefined;
  const ended = new Promise<void>((done) => {
    end = done;
  });
  const list = new LiveList(out, (received) => received === options.count && end());
  const start = (port: number): Promise<HttpServer> =>
    startReceiver({
      spool,
      port,
      host: options.host,
      status: options.status,
      delayMs: options.delay,
      ...(forwardTo && { forwardTo }),
      ...(secret !== undefined && { secret }),
      onEvent: (event) => list.show(event),
    });
  const server = await startOn(options.port, start);
  greet(server, name, options, context);
  const stopKeys = endOnKeys(context, end);
  // Ctrl-C is the usual end: what follows is what it asks for, and takes as long as what came needs.
  const finish = (): void => {
    context.signals.answered();
    end();
  };
  context.signal.addEventListener("abort", finish, { once: true });
  if (context.signal.aborted) finish();
  try {
    await ended;
  } finally {
    stopKeys();
    await server.close();
    await list.shown();
  }
  out.say(`${count(list.received, "request")} received.`);
}

/** The usual port may be in use by another capture; one that was asked for has to be that one. */
async function startOn(
  wanted: number | undefined,
  start: (port: number) => Promise<HttpServer>,
): Promise<HttpServer> {
  if (wanted !== undefined) return start(wanted);
  return start(PORT).catch((error: unknown) => {
    if (error instanceof UserError && error.code === "port-taken") return start(0);
    throw error;
  });
}

function greet(server: HttpServer, name: string, options: CaptureOptions, context: Context): void {
  const { out, terminal } = context;
  const { cyan } = out.paintStderr;
  out.say(`Listening for ${name} on ${cyan(`${server.url}/`)}`);
  if (options.forward) {
    const { protocol, host, pathname } = options.forward;
    out.say(`Forwarding requests to ${protocol}//${host}${pathname}`);
    if (protocol === "http:" && !isLocalHost(options.forward.hostname)) {
      out.warn(
        "That address is not https: others on the network can read the key and the messages.",
      );
    }
  }
  if (!isLocalHost(options.host)) {
    out.warn(
      `${options.host} can be reached from other machines, and anyone there can send requests.`,
    );
  }
  out.say(
    "Any path works. `connect-webhook explain capture` lists tunnels through which a service can reach it.",
  );
  out.say(
    terminal ? "Press q to stop, and to make fixtures from the requests." : "Press Ctrl-C to stop.",
  );
  out.say("");
}

function endOnKeys({ terminal }: Context, end: () => void): () => void {
  const onKey = (key: string): void => {
    if (["q", "ctrl-c", "ctrl-d", "escape"].includes(key)) end();
  };
  return terminal?.readKeys(onKey) ?? (() => undefined);
}
