/** A dev server for the tests of a file, on a workspace with some integrations. */
import { request as httpRequest } from "node:http";
import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";
import { openCheckout } from "../../src/checkout/index.ts";
import { devWiring } from "../../src/commands/dev/wiring.ts";
import { chooseTheme, messageHtml } from "../../src/preview/index.ts";
import { type DevServer, openDevServer } from "../../src/server/dev/index.ts";
import { ECHO_VIEW, type Files, workspaceWith } from "../engine/tree.ts";
import { workspaceForFile } from "../support/tree.ts";

export interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

export interface Ask {
  method?: string;
  headers?: Record<string, string>;
  body?: string | Uint8Array;
  /** Host header, when it should be another than the server's. */
  host?: string;
}

export interface DevForFile {
  readonly root: string;
  readonly server: DevServer;
  readonly port: number;
  /** What went wrong inside. */
  readonly errors: unknown[];
  /** The integrations of which a message was drawn for the list of all, in the order of the drawings. */
  readonly listed: string[];
  /** A request as any client may send it; the path goes out as it is. */
  ask(path: string, ask?: Ask): Promise<Answer>;
  /** A request of the page: with its token and origin. */
  page(path: string, body?: unknown): Promise<Answer>;
  /** An integration's URL. */
  hook(name: string, query?: Record<string, string>): Promise<string>;
}

/** What a view must not say in the server's name. */
export const FOREIGN_HEADERS = [
  ...["Access-Control-Allow-Origin", "Access-Control-Allow-Credentials", "Clear-Site-Data"],
  ...["Refresh", "Location", "Service-Worker-Allowed", "Link", "Report-To", "NEL", "SourceMap"],
  ...["Strict-Transport-Security", "Public-Key-Pins", "Alt-Svc", "X-Anything", "Set-Cookie2"],
];

export const VIEWS: Record<string, Files> = {
  echo: {
    fixtures: { "hello.json": '{\n  "text": "Hello **you**"\n}', "empty.json": '{"text": ""}' },
  },
  html: {
    view: ECHO_VIEW.replace(
      "    text = payload",
      '    if request.method == "GET":\n' +
        '        answer = HttpResponse("<script>parent.stolen = sessionStorage</script>")\n' +
        '        answer["Set-Cookie"] = "a=b"\n' +
        '        answer["Content-Security-Policy"] = "script-src *"\n' +
        FOREIGN_HEADERS.map((name) => `        answer["${name}"] = "evil"\n`).join("") +
        "        return answer\n    text = payload",
    )
      .replace("payload: JsonBodyPayload[WildValue]", 'mark: str = ""')
      .replace('payload["text"].tame(check_string)', "mark"),
  },
  headers: {
    view: ECHO_VIEW.replace(
      "    return json_success(request)",
      '    answer = json_success(request)\n    answer["Content-Language"] = text\n    return answer',
    ),
  },
};

/**
 * Starts it before the tests, and ends it after them.
 * @param prepare What else is done to the tree before.
 */
export function devForFile(
  integrations: Record<string, Files> = VIEWS,
  prepare: (root: string) => void = () => undefined,
  timeoutMs = 20_000,
): DevForFile {
  const root = workspaceForFile();
  const errors: unknown[] = [];
  const listed: string[] = [];
  const stop = new AbortController();
  let server: DevServer;
  beforeAll(async () => {
    workspaceWith(integrations, root);
    prepare(root);
    const checkout = await openCheckout(root);
    const { theme } = await chooseTheme(checkout, undefined);
    const html = await messageHtml(checkout);
    const wiring = devWiring({ html, theme });
    server = await openDevServer({
      ...wiring,
      drawing() {
        const drawing = wiring.drawing();
        const card: typeof drawing.card = (tree, name, messages) => {
          listed.push(name);
          return drawing.card(tree, name, messages);
        };
        return { ...drawing, card };
      },
      checkout,
      name: undefined,
      port: 0,
      secret: "of the tests",
      streams: [],
      version: "0.0.0",
      timeoutMs,
      signal: stop.signal,
      onRequest: () => undefined,
      onError: (error) => errors.push(error),
    });
    // The first start of Python takes its time on a busy machine: no test should pay for it.
    await page("/_/integrations/echo");
  });
  afterAll(() => server.close());
  const port = (): number => Number(new URL(server.url).port);
  const ask = (path: string, { method = "GET", headers = {}, body, host }: Ask = {}) =>
    send(port(), path, method, { Host: host ?? `127.0.0.1:${port()}`, ...headers }, body);
  const page = (path: string, body?: unknown) =>
    ask(path, {
      method: body === undefined ? "GET" : "POST",
      headers: {
        Authorization: `Bearer ${server.token}`,
        Origin: server.url,
        "Sec-Fetch-Site": "same-origin",
        ...(body !== undefined && { "Content-Type": "application/json" }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  return {
    root,
    errors,
    listed,
    get server() {
      return server;
    },
    get port() {
      return port();
    },
    ask,
    page,
    async hook(name, query = {}) {
      const { bot, path } = JSON.parse((await page(`/_/integrations/${name}`)).body);
      return `${path}?${new URLSearchParams({ api_key: bot.apiKey, stream: name, ...query })}`;
    },
  };
}

function send(
  port: number,
  path: string,
  method: string,
  headers: Record<string, string>,
  body: string | Uint8Array = "",
): Promise<Answer> {
  return new Promise((done, fail) => {
    const request = httpRequest({ host: "127.0.0.1", port, path, method, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () =>
        done({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks).toString("utf8"),
        }),
      );
      response.on("error", fail);
    });
    request.on("error", fail);
    request.end(body);
  });
}

export const fixturesOf = (root: string, name: string): string =>
  join(root, "zerver/webhooks", name, "fixtures");
