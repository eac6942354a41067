/**
 * The white space of JSON. A payload on one line is shown on many, without becoming another: nothing but the white space
 * between its tokens changes, and what is typed into the many lines is put back onto one. Tokens are kept as they are
 * written, so that no number loses a digit.
 */

/** How a program writes JSON on one line: what stands after a comma and a colon. */
export interface OneLine {
  readonly comma: "," | ", ";
  readonly colon: ":" | ": ";
  /** What comes after the value. */
  readonly end: string;
}

/** A text, a bracket, a comma or a colon, white space, or anything else. A text that does not end ends with its line. */
const TOKEN = /"(?:[^"\\\n\r]|\\[^\n\r])*"?|[{}[\],:]|[ \t\n\r]+|[^"{}[\],: \t\n\r]+/g;
const isBlank = (token: string): boolean => /^[ \t\n\r]/.test(token);

/** Shorter lines are read as they are. */
const LONGEST_READ = 160;

/**
 * How a body is written on one line.
 * @returns Undefined when it is no JSON, is short, has line breaks, or is not written in one way throughout.
 */
export function oneLineOf(body: string): OneLine | undefined {
  if (body.length <= LONGEST_READ || !/^[[{]/.test(body)) return undefined;
  const end = /[ \t\n\r]*$/.exec(body.slice(-100))?.[0] ?? "";
  const text = body.slice(0, body.length - end.length);
  if (/[\n\r]/.test(text) || !isJson(text)) return undefined;
  for (const [comma, colon] of [
    [",", ":"],
    [", ", ": "],
    [",", ": "],
  ] as const) {
    const style = { comma, colon, end };
    if (onOneLine(text, style) === body) return style;
  }
  return undefined;
}

/** The text on one line; also one that is no JSON yet. */
export function onOneLine(text: string, { comma, colon, end }: OneLine): string {
  const parts: string[] = [];
  let wasWord = false;
  let wasBlank = false;
  for (const [token] of text.matchAll(TOKEN)) {
    if (isBlank(token)) {
      wasBlank = true;
      continue;
    }
    const isWord = !/^["{}[\],:]/.test(token);
    // Two words with a blank between them must not become one.
    if (isWord && wasWord && wasBlank) parts.push(" ");
    parts.push(token === "," ? comma : token === ":" ? colon : token);
    [wasWord, wasBlank] = [isWord, false];
  }
  return parts.join("") + end;
}

/** JSON with each value on a line of its own. */
export function onManyLines(text: string): string {
  const parts: string[] = [];
  let depth = 0;
  const tokens = [...text.matchAll(TOKEN)].map(([token]) => token).filter((one) => !isBlank(one));
  const newLine = (): void => void parts.push("\n", "  ".repeat(depth));
  for (const [index, token] of tokens.entries()) {
    const before = tokens[index - 1] ?? "";
    const isClosing = token === "}" || token === "]";
    const isEmpty = isClosing && (before === "{" || before === "[");
    if (isClosing) depth -= 1;
    if ((isClosing && !isEmpty) || before === ",") newLine();
    else if (!isClosing && (before === "{" || before === "[")) newLine();
    parts.push(token);
    if (token === ":") parts.push(" ");
    if (token === "{" || token === "[") depth += 1;
  }
  return parts.join("");
}

export function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
