/** Style sheets that were made for a page of their own, for one part of another page. */

/** Comments, strings and bare addresses as wholes, and everything that opens, closes or ends something. */
const TOKEN =
  /(?<![\w\u0080-\uffff-])url\(\s*(?![\s"'])(?:\\[\s\S]|[^)\\])*\)?|\/\*[\s\S]*?(?:\*\/|$)|"(?:\\[\s\S]|[^"\\\n])*"?|'(?:\\[\s\S]|[^'\\\n])*'?|\\[\s\S]|[()[\]{};]/gi;

/** Rules that hold for a whole page wherever they stand, and may stand in no other rule. */
const GLOBAL = /^@(?:font-face|font-feature-values|property|(?:-\w+-)?keyframes|counter-style)\b/i;
/** At-rules that hold rules like a style sheet does. */
const GROUP = /^@(?:media|supports|container|layer)\b/i;
/** The page itself, where a selector begins with it, and its body in it: here both are the part. */
const PAGE = /(^|,)(\s*)(?::root|html|body)(?![\w-])(?:([.:#[][^\s,>]*)?[\s>]+body(?![\w-]))?/g;

const ESCAPE = /\\(?:([0-9a-f]{1,6})\s?|[\s\S])/gi;

interface Statement {
  /** A selector or an at-rule, without what follows in braces. */
  readonly head: string;
  /** What stands in braces; undefined for a statement without. */
  readonly block: string | undefined;
}

/**
 * The style sheet with its rules nested in one rule. What a sheet leaves open is closed here, so that no sheet can
 * say anything of the rest of the page.
 * @param css A whole style sheet.
 * @param part CSS selector of the part of the page that it is for.
 */
export function scopedStyles(css: string, part: string): string {
  const global: string[] = [];
  const rules = rulesIn(plain(css), global);
  return `${[...new Set(global)].join("\n")}\n${part} {\n${rules}\n}`;
}

function rulesIn(css: string, global: string[]): string {
  const kept: string[] = [];
  for (const { head, block } of statementsIn(css)) {
    // Declarations outside of a rule say nothing, and neither do imports: there is nothing to load.
    if (block === undefined) continue;
    if (GLOBAL.test(head)) global.push(`${head} {${block}}`);
    else if (GROUP.test(head)) kept.push(`${head} {\n${rulesIn(block, global)}\n}`);
    else if (head !== "" && !head.startsWith("@"))
      kept.push(`${head.replace(PAGE, "$1$2&$3")} {${block}}`);
  }
  return kept.join("\n");
}

/** The statements of a style sheet. Brackets that close nothing are left out, those left open are closed. */
function statementsIn(css: string): Statement[] {
  const statements: Statement[] = [];
  const open: string[] = [];
  let text = "";
  let head: string | undefined;
  let from = 0;
  const close = (): void => {
    if (head !== undefined) statements.push({ head, block: text });
    else if (text.trim() !== "") statements.push({ head: text.trim(), block: undefined });
    [text, head] = ["", undefined];
  };
  for (const { 0: token, index } of css.matchAll(TOKEN)) {
    text += css.slice(from, index);
    from = index + token.length;
    const last = open.at(-1);
    if (token.startsWith("/*")) text += " ";
    else if (token === "{" && open.length === 0) {
      head = text.trim();
      text = "";
      open.push("}");
    } else if (token === ";" && open.length === 0) close();
    else if ("([{".includes(token)) {
      text += token;
      open.push(token === "(" ? ")" : token === "[" ? "]" : "}");
    } else if (")]}".includes(token)) {
      if (token !== last) continue;
      open.pop();
      if (open.length === 0 && head !== undefined) close();
      else text += token;
    } else text += whole(token);
  }
  text += css.slice(from);
  for (let left = open.pop(); left !== undefined; left = open.pop()) {
    if (open.length > 0 || head === undefined) text += left;
  }
  close();
  return statements;
}

/** With one kind of line end, and letters as themselves: what is written as an escape is the same to a browser. */
function plain(css: string): string {
  return css.replace(/\r\n?|\f/g, "\n").replace(ESCAPE, (written, code?: string) => {
    const letter =
      code === undefined ? written.slice(1) : String.fromCharCode(Number.parseInt(code, 16));
    return /^[a-z]$/i.test(letter) ? letter : written;
  });
}

/** A string that its line ends is no string, and everything behind it would read differently. */
function whole(token: string): string {
  const quote = token.charAt(0);
  if (/^url/i.test(token)) return token.endsWith(")") ? token : `${token})`;
  if (quote !== '"' && quote !== "'") return token;
  return token.length > 1 && token.endsWith(quote) ? token : `${token.replace(/\\$/, "")}${quote}`;
}
