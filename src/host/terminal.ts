/** What the user's terminal can do. */
import { environmentVariables } from "./environment.ts";
import type { WriteStream } from "./keys.ts";

const USUAL_COLUMNS = 80;
const USUAL_ROWS = 24;

/**
 * Gives a terminal that says that it has no columns the usual size, as one has that `script` makes without a terminal
 * around it. Whoever draws divides by its width.
 */
export function assumeSize(stream: WriteStream): void {
  if (!stream.isTTY) return;
  const assume = (): void => {
    stream.columns ||= USUAL_COLUMNS;
    stream.rows ||= USUAL_ROWS;
  };
  assume();
  stream.on("resize", assume);
}

/** Terminals that are known to show a text as a link, by a variable that they set. */
const LINKING = [
  "WT_SESSION",
  "KITTY_WINDOW_ID",
  "KONSOLE_VERSION",
  "DOMTERM",
  "GHOSTTY_RESOURCES_DIR",
] as const;
const LINKING_PROGRAMS = new Set(["iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper"]);
/** VTE shows links since 0.50. */
const FIRST_LINKING_VTE = 5000;

/** Whether the terminal shows a text as a link (OSC 8). `FORCE_HYPERLINK` set to 1 or 0 decides it. */
export function showsLinks(): boolean {
  const env = environmentVariables();
  if (env.FORCE_HYPERLINK !== undefined) return env.FORCE_HYPERLINK !== "0";
  if (env.CI || env.TMUX) return false;
  if (LINKING_PROGRAMS.has(env.TERM_PROGRAM ?? "")) return true;
  if (Number(env.VTE_VERSION ?? 0) >= FIRST_LINKING_VTE) return true;
  return LINKING.some((name) => env[name] !== undefined);
}
