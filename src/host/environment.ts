/** What the user sets in the environment instead of on the command line, where others could read it. */

/** The value of a variable; an empty one counts as none. */
export function environment(name: `CONNECT_WEBHOOK_${string}`): string | undefined {
  return process.env[name] || undefined;
}
