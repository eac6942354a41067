import type { Checkout } from "../checkout/model.ts";
import { ExitCode } from "../errors.ts";
import type { DevOptions, DevServer, LoggedSummary } from "../server/dev/index.ts";
import type { Output } from "../ui/output.ts";
import { printableLine } from "../ui/steering.ts";
import { defineCommand } from "./define.ts";
import { parseNotEmpty, parsePort } from "./option-values.ts";

const VIEW_TIMEOUT_MS = 10_000;

export default defineCommand({
  name: "dev",
  summary: "serve Connect's endpoint, and a page that shows each message, or all of them, live",
  runsPythonUnless: [],
  description:
    "Serves Connect's webhook endpoint on this machine, using the tree's own code, and a page to work with: choose a " +
    "fixture, edit it, and see the message as Connect renders it, the view's response, the rendered documentation and " +
    "the checklist. Or see the messages of all fixtures side by side, and which of them each save of the view changes. " +
    "The page lists requests from services; you can replay them, edit them, copy them as curl " +
    "commands, or save them as fixtures. The page follows every edit of the tree.\n\n" +
    "The server listens on 127.0.0.1 only. `explain dev` describes how a service can reach it through a tunnel. Press " +
    "Ctrl-C to stop.",
  args: [{ name: "name", description: "the integration to show first" }],
  options: {
    port: {
      value: "port",
      description: "listen on this port; 0 selects a free one",
      default: "9981",
      parse: parsePort,
    },
    open: { description: "open the page in your browser" },
    stream: {
      value: "name",
      many: true,
      description: "add this stream to those that the registry names",
      parse: parseNotEmpty("--stream"),
    },
  },
  examples: [
    { line: "dev github", does: "Starts the endpoint, and prints the page's address." },
    { line: "dev github --open", does: "Also opens the page in your browser." },
    { line: "dev --port 0 --json", does: "Uses a free port, and prints the address as JSON." },
    { line: "dev mywebhook --stream alerts", does: "Adds a stream that URLs can use." },
  ],
  async run({ args, options }, context) {
    const { out, signal } = context;
    const checkout = await context.checkout();
    const { findIntegration } = await import("../checkout/index.ts");
    if (args.name !== undefined) findIntegration(checkout, args.name);
    const { openDevServer } = await import("../server/dev/index.ts");
    const server = await openDevServer({
      ...(await wiring(checkout, out)),
      checkout,
      name: args.name,
      port: options.port,
      streams: options.stream,
      signal,
    });
    // Ending it is what Ctrl-C is for here.
    context.signals.areUsual();
    try {
      announce(server, out);
      if (options.open) await openPage(server, out);
      await server.closed;
      out.say("Stopped.");
      return ExitCode.Ok;
    } finally {
      await server.close();
    }
  },
});

/** What the page needs of other layers. */
async function wiring(
  checkout: Checkout,
  out: Output,
): Promise<Omit<DevOptions, "checkout" | "name" | "port" | "streams" | "signal">> {
  const [{ messageHtml }, { devWiring }, { machineSecret }, { packageVersion }] = await Promise.all(
    [
      import("../preview/index.ts"),
      import("./dev/wiring.ts"),
      import("../host/secret.ts"),
      import("../host/assets.ts"),
    ],
  );
  const { themeFor } = await import("./theme.ts");
  const [html, theme] = await Promise.all([
    messageHtml(checkout),
    themeFor(checkout, undefined, out),
  ]);
  return {
    ...devWiring({ html, theme }),
    secret: await machineSecret("dev"),
    version: packageVersion(),
    timeoutMs: VIEW_TIMEOUT_MS,
    onRequest: (summary) => out.say(requestLine(summary, out)),
    onError: (error) => out.warn(printableLine(String(error))),
  };
}

async function openPage(server: DevServer, out: Output): Promise<void> {
  const { openInUserBrowser } = await import("../host/user-browser.ts");
  if (await openInUserBrowser(pageAddress(server))) return;
  out.warn("No program that opens a browser was found: open the address of the page yourself.");
}

const pageAddress = ({ url, token }: DevServer): string => `${url}/#token=${token}`;

function announce(server: DevServer, out: Output): void {
  const { url, token } = server;
  const page = pageAddress(server);
  out.reportLine({ version: 1, url, page, token });
  out.data(`${out.paint.bold("Page")}      ${out.paint.cyan(page)}`);
  out.data(`${out.paint.bold("Endpoint")}  ${url}/api/v1/external/<name>`);
  out.say(
    out.paintStderr.dim("The page shows the full URL of each integration. Press Ctrl-C to stop."),
  );
}

function requestLine(summary: LoggedSummary, { paintStderr }: Output): string {
  const { status, method, path, durationMs, about, at } = summary;
  const colour = status < 400 ? paintStderr.green : paintStderr.red;
  const time = new Date(at).toTimeString().slice(0, 8);
  const rest = `${method} ${printableLine(path)} ${durationMs.toFixed(0)} ms`;
  return `${paintStderr.dim(time)} ${colour(String(status))} ${rest}  ${printableLine(about)}`;
}
