/** The folder for what can be made again: snapshots of the engine, the unpacked browser. */
import { isAbsolute, join, resolve } from "node:path";
import { environmentVariables, homeFolder } from "./environment.ts";

/**
 * The cache folder: `$CONNECT_WEBHOOK_CACHE`, else the platform's cache folder plus `connect-webhook`.
 * @param parts Path parts below it.
 */
export function cacheDir(...parts: string[]): string {
  return join(cacheRoot(), ...parts);
}

function cacheRoot(): string {
  const { CONNECT_WEBHOOK_CACHE, XDG_CACHE_HOME, LOCALAPPDATA } = environmentVariables();
  if (CONNECT_WEBHOOK_CACHE) return resolve(CONNECT_WEBHOOK_CACHE);
  // The specification says to ignore a relative one: it would lead into whatever tree this is.
  if (XDG_CACHE_HOME && isAbsolute(XDG_CACHE_HOME)) return join(XDG_CACHE_HOME, "connect-webhook");
  if (process.platform === "win32" && LOCALAPPDATA) return join(LOCALAPPDATA, "connect-webhook");
  if (process.platform === "darwin")
    return join(homeFolder(), "Library", "Caches", "connect-webhook");
  return join(homeFolder(), ".cache", "connect-webhook");
}
