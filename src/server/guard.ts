/**
 * Who may talk to a page that is served on this machine.
 *
 * Any page that the user has open in a browser can send requests to 127.0.0.1, and a name that its owner points there
 * (DNS rebinding) makes them look like requests of the same origin. So a request has to name this machine as its
 * host, must not come from another origin, and has to show a token that only the terminal knows.
 */
import { createHmac, timingSafeEqual } from "node:crypto";
import { type HttpHeaders, HttpRefusal, type HttpRequest } from "../host/http-exchange.ts";

/** What is asked of a request: to look at what everybody may see, to read, or to change something. */
export type Access = "public" | "read" | "write";

type Asked = Pick<HttpRequest, "header">;

export interface Guard {
  /** What a client has to send as `Authorization: Bearer <token>`. */
  readonly token: string;
  /**
   * @throws HttpRefusal 421 for another host, 403 for another origin, 401 without the token, 415 for a write that is not
   *   JSON.
   */
  check(request: Asked, access: Access): void;
  /**
   * What shows a page that this server knows its token, before the page says it: another program may listen on the
   * port by now. The port is part of it, so that it is of no use to one that passes the question on.
   * @param nonce A text that the page has made up for this.
   * @throws HttpRefusal 400 for what is none.
   */
  prove(nonce: string): string;
}

/**
 * The token of a tree's page: the same at each start, so that an open page goes on when the server comes back, and
 * another one for each tree.
 * @param secret Of this machine, which nothing in a tree knows.
 * @param root The tree's folder, without links.
 */
export function tokenFor(secret: string, root: string): string {
  return createHmac("sha256", secret).update(`page\0${root}`).digest("base64url");
}

/**
 * @param port The port that the page is served on.
 * @param token What shows that a request is of the page.
 */
export function createGuard(port: number, token: string): Guard {
  const hosts = new Set(["127.0.0.1", "localhost", "[::1]"].map((name) => `${name}:${port}`));
  const origins = new Set([...hosts].map((host) => `http://${host}`));
  return {
    token,
    check(request, access) {
      const host = request.header("host")?.toLowerCase();
      if (host === undefined || !hosts.has(host)) {
        throw new HttpRefusal(421, `This page is for this machine only: http://127.0.0.1:${port}`);
      }
      if (access === "public") return;
      const origin = request.header("origin");
      const site = request.header("sec-fetch-site") ?? "same-origin";
      if ((origin !== undefined && !origins.has(origin)) || !SAME_SITE.has(site)) {
        throw new HttpRefusal(403, "Requests of other pages are not answered.");
      }
      if (!isToken(request.header("authorization"), token)) {
        throw new HttpRefusal(401, "Open the address that the terminal shows.");
      }
      if (access === "write" && !isJson(request.header("content-type"))) {
        throw new HttpRefusal(415, "Send JSON.");
      }
    },
    prove(nonce) {
      if (!/^[\w-]{16,64}$/.test(nonce)) throw new HttpRefusal(400, "This is no nonce.");
      return createHmac("sha256", token).update(`server ${port} ${nonce}`).digest("hex");
    },
  };
}

/** `none` is a request that the user made in the browser's own address bar. */
const SAME_SITE = new Set(["same-origin", "none"]);

function isToken(authorization: string | undefined, token: string): boolean {
  const given = Buffer.from(authorization ?? "");
  const expected = Buffer.from(`Bearer ${token}`);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

const isJson = (type: string | undefined): boolean =>
  /^application\/json\s*(;|$)/i.test(type ?? "");

/** Sent with everything of the page. */
const ALWAYS: HttpHeaders = [
  ["X-Content-Type-Options", "nosniff"],
  ["Referrer-Policy", "no-referrer"],
  ["Cross-Origin-Resource-Policy", "same-origin"],
  ["Cross-Origin-Opener-Policy", "same-origin"],
  ["Cache-Control", "no-store"],
];

/**
 * The headers of the page itself, its scripts and styles: nothing from elsewhere, and in nobody's frame.
 * @param nonce With it the page's own scripts may write style sheets; a new one for each answer.
 */
export function pageHeaders(nonce?: string): HttpHeaders {
  const styles = nonce === undefined ? "'self'" : `'self' 'nonce-${nonce}'`;
  return [
    ...ALWAYS,
    ["X-Frame-Options", "DENY"],
    [
      "Content-Security-Policy",
      `default-src 'none'; script-src 'self'; style-src ${styles}; img-src 'self' data:; font-src 'self'; ` +
        "connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    ],
  ];
}

/** The headers of what the page shows in a frame: no script runs, and nothing is loaded. */
export const frameHeaders: HttpHeaders = [
  ...ALWAYS,
  ["X-Frame-Options", "SAMEORIGIN"],
  [
    "Content-Security-Policy",
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; base-uri 'none'; " +
      "form-action 'none'; frame-ancestors 'self'; " +
      "sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox",
  ],
];

/** The headers of answers that are data. */
export const dataHeaders: HttpHeaders = [
  ...ALWAYS,
  ["X-Frame-Options", "DENY"],
  ["Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; sandbox"],
];

/**
 * The headers of an answer that a view wrote. It comes from the page's origin, so it gets none of its rights: as a
 * document it is one of an origin of its own, without scripts.
 */
export const foreignHeaders: HttpHeaders = [
  ["X-Content-Type-Options", "nosniff"],
  ["X-Frame-Options", "DENY"],
  ["Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; sandbox"],
];
