/** Splits code into tokens with pygments' class names. */
import type { HLJSApi, LanguageFn } from "highlight.js";
import { requireDependency } from "../../host/packages.ts";
import type { Language } from "./languages.ts";

/** A piece of code and its class; without one it is plain. */
export interface Token {
  className: string;
  text: string;
}

/** pygments' classes for the scopes of highlight.js. */
const CLASSES: Readonly<Record<string, string>> = {
  addition: "gi",
  attr: "na",
  attribute: "nt",
  built_in: "nb",
  "char.escape": "se",
  code: "s",
  deletion: "gd",
  doctag: "cs",
  keyword: "k",
  literal: "kc",
  meta: "cp",
  "meta.prompt": "gp",
  name: "nt",
  operator: "o",
  property: "nx",
  punctuation: "p",
  regexp: "sr",
  section: "k",
  "selector-class": "nc",
  "selector-id": "nn",
  "selector-tag": "nt",
  subst: "si",
  symbol: "ss",
  tag: "p",
  title: "nf",
  "title.class": "nc",
  "title.class.inherited": "nc",
  "title.function": "nf",
  "title.function.invoke": "n",
  type: "kt",
  variable: "nv",
  "variable.constant": "no",
  "variable.language": "bp",
};

const SPAN = /<span class="([^"]*)">|<\/span>|([^<]+)/g;
const ENTITIES: Readonly<Record<string, string>> = {
  "&amp;": "&",
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
  "&#x27;": "'",
};

/** `hljs-title function_` names the scope `title.function`. */
function scopeOf(className: string): string {
  return className
    .replace(/^hljs-/, "")
    .replace(/_$/, "")
    .replaceAll(/_? /g, ".");
}

/** The class of a comment; pygments tells line comments, block comments and shebangs apart. */
function commentClass(text: string): string {
  if (text.startsWith("#!")) return "ch";
  return /^(?:\/\*|<!--|=begin)/.test(text) ? "cm" : "c1";
}

/** The class of a token; some of pygments' classes depend on the text. */
function classOf(scope: string, text: string, language: Language): string {
  const special = language.scopes?.[scope];
  if (special !== undefined) return special;
  if (scope === "comment") return commentClass(text);
  if (scope === "number") return /^-?\d*\.\d|\de[+-]?\d/i.test(text) ? "mf" : "mi";
  if (scope === "string") return text.startsWith("'") ? "s1" : "s2";
  if (scope === "meta" && text.startsWith("#!")) return "ch";
  if (scope === "meta" && text.startsWith("@")) return "nd";
  return CLASSES[scope] ?? "";
}

function unescapeHtml(html: string): string {
  return html.replace(/&(?:amp|lt|gt|quot|#x27);/g, (entity) => ENTITIES[entity] ?? entity);
}

/** Reads the HTML that highlight.js writes; it consists of spans and five entities only. */
function readSpans(html: string, language: Language): Token[] {
  const tokens: Token[] = [];
  const open: { scope: string; className: string | undefined }[] = [];
  for (const [piece, opened, content] of html.matchAll(SPAN)) {
    if (opened !== undefined) open.push({ scope: scopeOf(opened), className: undefined });
    else if (content === undefined) open.pop();
    else {
      const text = unescapeHtml(piece);
      const innermost = open.at(-1);
      if (innermost) innermost.className ??= classOf(innermost.scope, text, language);
      const named = open.findLast(({ className }) => className);
      const className = language.words?.get(text) ?? innermost?.className;
      tokens.push({ className: className || named?.className || "", text });
    }
  }
  return tokens;
}

/** Every character belongs to one of the groups: nothing may get lost. */
const REST =
  /([\p{L}_][\p{L}\p{N}_]*)|(\p{N}+)|(\s+)|(:=|[^\s\p{L}\p{N}_[\](){},:;.]+)|(\.)|([[\](){},:;]+)/gu;

function nameClass(name: string, language: Language): string {
  const special = language.words?.get(name);
  if (special !== undefined) return special;
  return (/^\p{Lu}/u.test(name) ? language.capitalised : undefined) ?? language.names ?? "";
}

/** Names, operators and punctuation in what the grammar leaves over. */
function* splitPlain(text: string, language: Language): Generator<Token> {
  for (const [piece, name, number, space, operator, dot] of text.matchAll(REST)) {
    let className = "p";
    if (name !== undefined) className = nameClass(name, language);
    else if (number !== undefined) className = "mi";
    else if (space !== undefined) className = "";
    else if (operator !== undefined) className = "o";
    else if (dot !== undefined) className = language.dot ?? "p";
    yield { className, text: piece };
  }
}

const TEX = /(%[^\n]*)|(\\(?:[a-zA-Z]+|.))|([{}])|(\$+)|[^%\\{}$]+|\\/g;

function* texTokens(source: string): Generator<Token> {
  for (const [piece, comment, command, brace, dollar] of source.matchAll(TEX)) {
    const className = comment ? "c" : command ? "k" : brace ? "nb" : dollar ? "s" : "";
    yield { className, text: piece };
  }
}

/**
 * Has highlight.js read code. It and its grammars are many files, and few messages hold code: they are loaded when they
 * are needed.
 * @returns HTML.
 */
function highlight(source: string, grammar: string): string {
  const hljs = requireDependency("highlight.js/lib/core") as HLJSApi;
  // Not under its own name, by which the grammars of others would find it for what they embed.
  const language = `grammar-${grammar}`;
  if (!hljs.getLanguage(language)) {
    hljs.registerLanguage(
      language,
      requireDependency(`highlight.js/lib/languages/${grammar}`) as LanguageFn,
    );
  }
  return hljs.highlight(source, { language, ignoreIllegals: true }).value;
}

/**
 * Splits code into tokens.
 * @param source The code.
 * @param language Its language.
 */
export function* tokenise(source: string, language: Language): Generator<Token> {
  const { grammar } = language;
  if (grammar === undefined) yield { className: "", text: source };
  else if (grammar === "tex") yield* texTokens(source);
  else {
    for (const token of readSpans(highlight(source, grammar), language)) {
      const isMark = language.isInsideMark && token.className === "cp";
      const isRest = language.names !== undefined && token.className === "";
      if (isMark || isRest) yield* splitPlain(token.text, language);
      else yield token;
    }
  }
}
