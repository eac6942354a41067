/** Reading an SVG logo without trusting it: its size, and what keeps it from being used. */
import sax from "sax";

/** What an SVG logo is. */
export interface SvgFacts {
  /** True when it may be used: there are no problems. Being square is not part of it. */
  ok: boolean;
  /** What is wrong, one sentence each. Empty for a good logo. */
  problems: string[];
  /** The drawing's size in user units: width and height of the root element, else those of its viewBox. */
  width: number | undefined;
  height: number | undefined;
  /** The four numbers of the root's viewBox. */
  viewBox: readonly [number, number, number, number] | undefined;
  /** Whether width and height differ by 2 % at most. */
  square: boolean;
}

/** The root element as written, for rewriting it. */
export interface SvgRoot {
  /** Where its tag starts and ends in the text. */
  from: number;
  to: number;
  name: string;
  attributes: ReadonlyMap<string, string>;
}

export const MAX_SVG_BYTES = 1_000_000;
const MAX_SIZE = 20_000;
const SQUARE_TOLERANCE = 0.02;

/** Elements that run or embed something foreign. */
const REFUSED_ELEMENTS = new Set([
  "script",
  "foreignobject",
  "iframe",
  "object",
  "embed",
  "audio",
  "video",
  "canvas",
  "handler",
  "listener",
]);

const SAFE_REFERENCE = /^(?:#|data:image\/(?:png|jpe?g|gif|webp)[;,])/i;
const CSS_URL = /url\(\s*["']?\s*([^"')]*)/gi;

/**
 * Reads an SVG's size and checks it. Entities are never expanded and nothing is fetched.
 * @param bytes The file.
 */
export function inspectSvg(bytes: Uint8Array): SvgFacts {
  return readSvg(bytes).facts;
}

/** What `inspectSvg` reads, with the text and the root element. */
export function readSvg(bytes: Uint8Array): {
  facts: SvgFacts;
  text: string;
  root: SvgRoot | undefined;
} {
  const problems = new Set<string>();
  const text = decode(bytes, problems);
  const root = problems.size === 0 ? walk(text, problems) : undefined;
  const size = sizeOf(root);
  if (root !== undefined) checkSize(size, problems);
  const square = size.width !== undefined && isSquare(size.width, size.height ?? 0);
  return {
    facts: { ok: problems.size === 0, problems: [...problems], ...size, square },
    text,
    root,
  };
}

function decode(bytes: Uint8Array, problems: Set<string>): string {
  if (bytes.length > MAX_SVG_BYTES) {
    problems.add(`It is ${(bytes.length / 1e6).toFixed(1)} MB; a logo may have 1 MB.`);
    return "";
  }
  const start = Buffer.from(bytes.subarray(0, 200)).toString("latin1");
  const encoding = /^<\?xml[^>]*\bencoding\s*=\s*["']([\w.-]+)["']/.exec(start)?.[1] ?? "utf-8";
  // Only encodings in which `<` is always `<`, so that what is checked is what is drawn.
  const known = /^(?:utf-8|us-ascii|iso-8859-1|latin1)$/i.test(encoding);
  try {
    if (known) return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    // Falls through to the problem.
  }
  problems.add("It is not UTF-8 text.");
  return "";
}

/** Parses the text, collects problems, and returns the root element. */
function walk(text: string, problems: Set<string>): SvgRoot | undefined {
  const parser = sax.parser(true, { xmlns: false });
  let root: SvgRoot | undefined;
  let depth = 0;
  let style = "";
  let inStyle = false;
  parser.onerror = (error) => {
    problems.add(`It is not well-formed XML: ${(error.message.split("\n")[0] ?? "").trim()}.`);
    throw error;
  };
  parser.ondoctype = (doctype) => {
    if (/\[|ENTITY/i.test(doctype)) problems.add("It declares entities of its own.");
  };
  parser.onprocessinginstruction = ({ name }) => {
    if (name !== "xml") problems.add(`It holds a processing instruction, <?${name}?>.`);
  };
  parser.onopentag = ({ name, attributes }) => {
    depth += 1;
    const entries = Object.entries(attributes as Record<string, string>);
    if (depth === 1 && root !== undefined) problems.add("It holds more than one root element.");
    else if (depth === 1) {
      const from = parser.startTagPosition - 1;
      root = { from, to: parser.position, name, attributes: new Map(entries) };
      if (localName(name) !== "svg") problems.add(`Its root is <${name}>, not <svg>.`);
    }
    checkElement(name, entries, problems);
    inStyle ||= localName(name) === "style";
  };
  parser.onclosetag = (name) => {
    depth -= 1;
    if (localName(name) === "style") inStyle = false;
  };
  const keepStyle = (part: string) => {
    if (inStyle) style += part;
  };
  parser.ontext = keepStyle;
  parser.oncdata = keepStyle;
  try {
    parser.write(text).close();
  } catch (error) {
    if (problems.size === 0) throw error;
  }
  checkCss(style, problems);
  if (root === undefined && problems.size === 0) problems.add("It holds no <svg> element.");
  return root;
}

function localName(name: string): string {
  return name.slice(name.indexOf(":") + 1).toLowerCase();
}

function checkElement(name: string, attributes: [string, string][], problems: Set<string>): void {
  const element = localName(name);
  if (REFUSED_ELEMENTS.has(element)) problems.add(`It holds a <${name}> element.`);
  for (const [attribute, value] of attributes) {
    const local = localName(attribute);
    if (attribute.startsWith("xmlns")) continue;
    if (local.startsWith("on")) problems.add(`It holds an event handler, ${attribute}.`);
    if (local === "base") problems.add(`It sets ${attribute}.`);
    if (local === "attributename" && /href|^on/i.test(value)) {
      problems.add(`It animates ${value}.`);
    }
    if (local === "href" || local === "src") checkReference(value, problems);
    else checkCss(value, problems);
  }
}

function checkReference(value: string, problems: Set<string>): void {
  const target = value.trim();
  if (target === "" || SAFE_REFERENCE.test(target)) return;
  problems.add(`It refers to something outside itself: ${shorten(target)}.`);
}

/** Checks a style sheet, a style attribute, or an attribute like `fill` that may hold `url(…)`. */
function checkCss(css: string, problems: Set<string>): void {
  if (css.includes("\\") && /url|import|\\/i.test(css)) {
    problems.add("Its styles hold escaped characters.");
  }
  if (/@import/i.test(css)) problems.add("Its styles import another file.");
  if (/javascript:|expression\(/i.test(css)) problems.add("Its styles hold a script.");
  for (const [, target = ""] of css.matchAll(CSS_URL)) checkReference(target, problems);
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

function sizeOf(root: SvgRoot | undefined): Pick<SvgFacts, "width" | "height" | "viewBox"> {
  const numbers = (root?.attributes.get("viewBox") ?? "")
    .trim()
    .split(/[\s,]+/)
    .map(Number);
  const [x = Number.NaN, y = Number.NaN, w = Number.NaN, h = Number.NaN] = numbers;
  const stated = numbers.length === 4 && [x, y, w, h].every(Number.isFinite);
  const viewBox = stated ? ([x, y, w, h] as const) : undefined;
  return {
    width: lengthOf(root?.attributes.get("width")) ?? viewBox?.[2],
    height: lengthOf(root?.attributes.get("height")) ?? viewBox?.[3],
    viewBox,
  };
}

/** A length in user units; undefined for none, and for one that depends on the surroundings such as `100%`. */
function lengthOf(text: string | undefined): number | undefined {
  const match = /^\s*([+-]?[\d.]+(?:e[+-]?\d+)?)\s*(px|pt|pc|mm|cm|in|q)?\s*$/i.exec(text ?? "");
  if (match === null) return undefined;
  const value = Number(match[1]) * (UNITS[match[2]?.toLowerCase() ?? "px"] ?? 1);
  return Number.isFinite(value) ? value : undefined;
}

/** User units a CSS unit. */
const UNITS: Record<string, number> = {
  px: 1,
  pt: 96 / 72,
  pc: 16,
  mm: 96 / 25.4,
  cm: 96 / 2.54,
  in: 96,
  q: 96 / 101.6,
};

function checkSize(size: Pick<SvgFacts, "width" | "height">, problems: Set<string>): void {
  const { width, height } = size;
  if (width === undefined || height === undefined) {
    problems.add(
      "It states no size: the <svg> element has neither width and height nor a viewBox.",
    );
  } else if (!(width > 0 && height > 0 && width <= MAX_SIZE && height <= MAX_SIZE)) {
    problems.add(`Its size, ${width}x${height}, is absurd; a side may have ${MAX_SIZE} at most.`);
  }
}

/** Whether two sides count as equal. */
export function isSquare(width: number, height: number): boolean {
  const longer = Math.max(width, height);
  return longer > 0 && Math.abs(width - height) <= longer * SQUARE_TOLERANCE;
}
