/**
 * The token. It comes in the address, after `#`, which is never sent anywhere, and is taken out of it at once. It is kept
 * for this tab alone; a tab that was opened with an address of this page asks those that are open already.
 *
 * It stays the same when the server is started again, and meanwhile another program may listen on its port. So it is only
 * said, kept and passed on while the server has proved that it knows it.
 */
const KEY = "connect-webhook-token";
const ASK_MS = 400;
const LEAVING_MS = 1000;
const WANTED = "token?";

/** Who listens at this address does not know the token. */
export class WrongServer extends Error {
  constructor() {
    super("Another program answers at this address.");
  }
}

function takeFromAddress(): string | null {
  const given = new URLSearchParams(location.hash.slice(1)).get("token");
  if (!given) return sessionStorage.getItem(KEY);
  history.replaceState(null, "", location.pathname);
  return given;
}

/** Pages of this very origin hear it, and no others: what a view answers has an origin of its own. */
const others = new BroadcastChannel(KEY);

function askOthers(): Promise<string> {
  return new Promise((done) => {
    const end = (token: string): void => {
      clearTimeout(timer);
      others.removeEventListener("message", hear);
      done(token);
    };
    const hear = ({ data }: MessageEvent): void => {
      if (typeof data === "string" && data !== WANTED) end(data);
    };
    const timer = setTimeout(() => end(""), ASK_MS);
    others.addEventListener("message", hear);
    others.postMessage(WANTED);
  });
}

const own = takeFromAddress();
/** An empty one when nobody knows it. */
const token: Promise<string> = own === null ? askOthers() : Promise.resolve(own);

let proved: Promise<string> | undefined;
let isProved = false;
let isLeaving = false;

/**
 * What a request shows, once the server has proved that it may have it.
 * @throws WrongServer when it cannot; whatever fetch throws where nobody answers.
 */
export function authorization(): Promise<string> {
  proved ??= prove().catch((error: unknown) => {
    proved = undefined;
    throw error;
  });
  return proved;
}

/** The connection has ended: whoever answers next has to prove itself, and this tab keeps nothing for it to find. */
export function proveAgain(): void {
  proved = undefined;
  isProved = false;
  // Leaving the page ends the connection too, and the page that is loaded next needs it.
  if (!isLeaving) sessionStorage.removeItem(KEY);
}

async function prove(): Promise<string> {
  const known = await token;
  // Nobody has one to lose: the server says what to do.
  if (known === "") return "";
  const nonce = crypto.randomUUID();
  const response = await fetch(`/_/proof?nonce=${nonce}`);
  const proof = new Uint8Array((await response.text()).match(/../g)?.map(byteOf) ?? []);
  const bytes = new TextEncoder();
  const hmac = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", bytes.encode(known), hmac, false, ["verify"]);
  const said = bytes.encode(`server ${location.port} ${nonce}`);
  if (!(await crypto.subtle.verify("HMAC", key, proof, said))) throw new WrongServer();
  isProved = true;
  sessionStorage.setItem(KEY, known);
  return `Bearer ${known}`;
}

const byteOf = (pair: string): number => Number.parseInt(pair, 16);

addEventListener("beforeunload", () => {
  isLeaving = true;
  // A link may have led to a program instead of away.
  setTimeout(() => {
    isLeaving = false;
  }, LEAVING_MS);
});

others.addEventListener("message", async ({ data }) => {
  if (data === WANTED && isProved) others.postMessage(await token);
});
