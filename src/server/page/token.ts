/**
 * The token. It comes in the address, after `#`, which is never sent anywhere, and is taken out of it at once. It is kept
 * for this tab alone; a tab that was opened with an address of this page asks those that are open already.
 */
const KEY = "connect-webhook-token";
const ASK_MS = 400;
const WANTED = "token?";

function takeFromAddress(): string | null {
  const given = new URLSearchParams(location.hash.slice(1)).get("token");
  if (!given) return sessionStorage.getItem(KEY);
  sessionStorage.setItem(KEY, given);
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
      if (typeof data !== "string" || data === WANTED) return;
      sessionStorage.setItem(KEY, data);
      end(data);
    };
    const timer = setTimeout(() => end(""), ASK_MS);
    others.addEventListener("message", hear);
    others.postMessage(WANTED);
  });
}

const own = takeFromAddress();
/** An empty one when nobody knows it. */
export const token: Promise<string> = own === null ? askOthers() : Promise.resolve(own);

others.addEventListener("message", async ({ data }) => {
  if (data === WANTED && (await token) !== "") others.postMessage(await token);
});
