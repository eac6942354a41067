/**
 * "Copy as cURL (cmd)" of Chromium, where a caret goes before each sign that Windows' command line would read as more than
 * itself (escapeStringWin in its front_end/panels/network/NetworkLogView.ts).
 */

/** Whether a command has its arguments in quotes behind carets, or goes on behind one at the end of a line. */
export const isForWindows = (text: string): boolean =>
  /^\s*curl(\.exe)?\s+\^"/.test(text) || /"\s\^\r?\n\s*-/.test(text);

/** The same command as other shells take it. */
export function withoutCarets(text: string): string {
  const lines = text.split(/\^\r?\n\r?\n/).map((part) => part.replace(/\^\r?\n/g, " "));
  return lines.map((line) => line.replace(/\^([\s\S])/g, "$1")).join("\n");
}
