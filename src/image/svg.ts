/** Reading an SVG logo without trusting it: its size, and what keeps it from being used. */
import sax from "sax";
import { checkElement, type SvgElement } from "./svg-content.ts";
import { checkCss, shorten } from "./svg-references.ts";

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

/** Deeper ones are no drawing, and programs that draw them recursively end. */
const MAX_DEPTH = 250;

/** No drawing has an element with more, and the parser compares each with all before it. */
const MAX_ATTRIBUTES = 1_000;

/** Drawing programs declare some ten; looking one up takes the longer the more there are around it. */
const MAX_NAMESPACES = 30;

/** Whoever reads more of them than this knows enough. */
const MAX_PROBLEMS = 10;

/** The document types of SVG itself, as drawing programs write them. */
const DOCTYPE =
  /^svg(\s+PUBLIC\s+"-\/\/W3C\/\/DTD SVG [\w. ]+\/\/EN"\s+"https?:\/\/www\.w3\.org\/[\w./-]+")?$/;

/**
 * Reads an SVG's size and checks it. Entities are never expanded and nothing is fetched.
 * @param bytes The file.
 */
export function inspectSvg(bytes: Uint8Array): SvgFacts {
  return readSvg(bytes).facts;
}

/**
 * The size alone of a logo that has been drawn, and so checked before: its text is parsed up to its root element.
 * @param bytes The file.
 */
export function svgSize(bytes: Uint8Array): Pick<SvgFacts, "width" | "height"> {
  const parser = sax.parser(true, { xmlns: true });
  let root: SvgRoot | undefined;
  parser.onopentag = (tag) => {
    root = rootOf(elementOf(tag as sax.QualifiedTag), parser);
    throw new Enough();
  };
  try {
    parser.write(decode(bytes, new Set()));
  } catch (error) {
    if (!(error instanceof Enough)) throw error;
  }
  return sizeOf(root);
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

/** Ends the reading of a text of which enough is known. */
class Enough extends Error {}

/** Parses the text, collects problems, and returns the root element. */
function walk(text: string, problems: Set<string>): SvgRoot | undefined {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it looks for
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/.test(text)) problems.add("It is no plain text.");
  if (text.split("<").some(hasManyAttributes)) {
    problems.add(`It holds an element with more than ${MAX_ATTRIBUTES} attributes.`);
  }
  if ((text.match(/xmlns/g)?.length ?? 0) > MAX_NAMESPACES) {
    problems.add(`It declares more than ${MAX_NAMESPACES} namespaces.`);
  }
  const parser = sax.parser(true, { xmlns: true });
  const reader = new Reader(parser, problems);
  try {
    if (problems.size === 0) parser.write(text).close();
  } catch (error) {
    if (problems.size === 0) throw error;
  }
  const { root, style } = reader;
  checkCss(style, problems);
  if (root === undefined && problems.size === 0) problems.add("It holds no <svg> element.");
  return root;
}

/** @param part A text in which no other element begins. */
function hasManyAttributes(part: string): boolean {
  return (part.match(/=\s*["']/g)?.length ?? 0) > MAX_ATTRIBUTES;
}

/** Listens to the parser. */
class Reader {
  root: SvgRoot | undefined;
  /** The text of all style sheets. */
  style = "";
  #begun = false;
  #depth = 0;
  #styles = 0;

  constructor(parser: sax.SAXParser, problems: Set<string>) {
    parser.onerror = (error) => {
      const [reason = ""] = error.message.split("\n");
      problems.add(`It is not well-formed XML: ${shorten(reason.trim().replace(/\.$/, ""))}.`);
      throw error;
    };
    parser.ondoctype = (doctype) => {
      if (/\[|ENTITY/i.test(doctype)) problems.add("It declares entities of its own.");
      else if (!DOCTYPE.test(doctype.trim())) problems.add("Its document type is not SVG's own.");
    };
    parser.onsgmldeclaration = () => void problems.add("It holds a declaration of its own.");
    parser.onprocessinginstruction = ({ name }) => {
      // The declaration is no instruction where a text begins.
      if (name !== "xml" || this.#begun) {
        problems.add(`It holds a processing instruction, <?${shorten(name)}?>.`);
      }
      this.#begun = true;
    };
    parser.onopentag = (tag) => {
      this.#open(elementOf(tag as sax.QualifiedTag), parser, problems);
      if (problems.size >= MAX_PROBLEMS) throw new Enough();
    };
    parser.onclosetag = (name) => {
      this.#depth -= 1;
      if (isStyle(name)) this.#styles -= 1;
    };
    const keepStyle = (part: string): void => {
      if (this.#styles > 0) this.style += part;
    };
    parser.ontext = keepStyle;
    parser.oncdata = keepStyle;
  }

  #open(element: SvgElement, parser: sax.SAXParser, problems: Set<string>): void {
    this.#begun = true;
    this.#depth += 1;
    if (this.#depth > MAX_DEPTH) {
      problems.add(`Its elements are nested more than ${MAX_DEPTH} levels deep.`);
      throw new Enough();
    }
    const { name, local } = element;
    if (this.#depth === 1 && this.root !== undefined) {
      problems.add("It holds more than one root element.");
    } else if (this.#depth === 1) {
      this.root = rootOf(element, parser);
      if (local !== "svg") problems.add(`Its root is <${shorten(name)}>, not <svg>.`);
    }
    checkElement(element, problems);
    if (isStyle(name)) this.#styles += 1;
  }
}

/** The root element, which the parser has just read. */
function rootOf({ name, attributes }: SvgElement, parser: sax.SAXParser): SvgRoot {
  const written = new Map(attributes.map((attribute) => [attribute.name, attribute.value]));
  return { from: parser.startTagPosition - 1, to: parser.position, name, attributes: written };
}

function isStyle(name: string): boolean {
  return /^(?:[^:]*:)?style$/i.test(name);
}

function elementOf({ name, local, uri, attributes }: sax.QualifiedTag): SvgElement {
  const list = Object.values(attributes).map((attribute) => ({
    name: attribute.name,
    local: attribute.local,
    namespace: attribute.uri,
    value: attribute.value,
  }));
  return { name, local, namespace: uri, attributes: list };
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

/** Characters of a length; nobody writes more blanks around it. */
const LONGEST_LENGTH = 100;

/** A length in user units; undefined for none, and for one that depends on the surroundings such as `100%`. */
function lengthOf(text: string | undefined): number | undefined {
  if (text === undefined || text.length > LONGEST_LENGTH) return undefined;
  const match = /^\s*([+-]?[\d.]+(?:e[+-]?\d+)?)\s*(?:(px|pt|pc|mm|cm|in|q)\s*)?$/i.exec(text);
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
