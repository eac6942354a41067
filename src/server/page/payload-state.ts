/** What a payload is: its size, and whether it is JSON, with the line and the reason when it is not. */

/** A payload of the page; one of `dev`'s endpoint may have more. The server says it too. */
export const MAX_BYTES = 10_000_000;

export interface PayloadState {
  words: string;
  isJson: boolean;
  /** Where it is no JSON: an offset in the text. */
  fault?: { at: number; words: string };
}

/** @param text As it is sent. */
export function stateOf(text: string, encoding: "utf8" | "base64"): PayloadState {
  const size = sizeText(sizeOf(text, encoding));
  if (encoding === "base64")
    return { words: `${size} · bytes that are no text, as base64`, isJson: false };
  if (text.trim() === "") return { words: "No body", isJson: false };
  if (!/^\s*[[{"]/.test(text)) return { words: `${size} · text`, isJson: false };
  try {
    JSON.parse(text);
    return { words: `${size} · JSON`, isJson: true };
  } catch (error) {
    const { at, reason } = faultIn(String((error as Error).message), text);
    const line = text.slice(0, at).split(/\r\n|\r|\n/).length;
    const words = `line ${line}: ${reason}`;
    return { words: `${size} · not JSON: ${words}`, isJson: false, fault: { at, words } };
  }
}

/** The browser's message without the place, which each words in its own way. */
function faultIn(message: string, text: string): { at: number; reason: string } {
  const position = /position (\d+)/.exec(message)?.[1];
  const [, line, column] = /line (\d+) column (\d+)/.exec(message) ?? [];
  const reason = message.replace(/,? ?(in JSON )?at (position|line).*$|,? "[\s\S]*$/s, "").trim();
  if (position !== undefined) return { at: Math.min(Number(position), text.length), reason };
  if (line === undefined) return { at: text.length, reason };
  const before = text.split("\n").slice(0, Number(line) - 1);
  const at = before.reduce((sum, one) => sum + one.length + 1, 0) + Number(column) - 1;
  return { at: Math.min(at, text.length), reason };
}

/** Bytes of a body. */
export function sizeOf(text: string, encoding: "utf8" | "base64"): number {
  if (encoding === "base64") return Math.floor((text.length * 3) / 4);
  return new TextEncoder().encode(text).length;
}

export function sizeText(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1e6 ? `${(bytes / 1000).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
