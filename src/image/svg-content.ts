/** What an SVG logo may hold: lists of what is allowed, because what a browser fetches or runs grows by the year. */
import { checkCss, checkReference, shorten } from "./svg-references.ts";

/** An element as the parser tells it. */
export interface SvgElement {
  /** As written, with its prefix. */
  readonly name: string;
  readonly local: string;
  readonly namespace: string;
  readonly attributes: readonly SvgAttribute[];
}

export interface SvgAttribute {
  /** As written, with its prefix. */
  readonly name: string;
  readonly local: string;
  readonly namespace: string;
  readonly value: string;
}

const SVG = "http://www.w3.org/2000/svg";
const XLINK = "http://www.w3.org/1999/xlink";
const XML = "http://www.w3.org/XML/1998/namespace";

/** Elements that draw, or say how something is drawn. Nothing that runs, embeds, or takes part in a page is one. */
const ELEMENTS = new Set(
  `svg g defs symbol use switch title desc metadata style a view
  path rect circle ellipse line polyline polygon image text tspan textpath tref altglyph
  lineargradient radialgradient meshgradient meshrow meshpatch stop pattern clippath mask marker
  filter feblend fecolormatrix fecomponenttransfer fecomposite feconvolvematrix fediffuselighting
  fedisplacementmap fedistantlight fedropshadow feflood fefunca fefuncb fefuncg fefuncr fegaussianblur
  feimage femerge femergenode femorphology feoffset fepointlight fespecularlighting fespotlight fetile
  feturbulence font font-face glyph missing-glyph hkern vkern
  animate animatecolor animatemotion animatetransform mpath set`.split(/\s+/),
);

/** Notes of drawing programs and about a work: no browser does anything with them. */
const NOTES = [
  /^http:\/\/(www\.)?(inkscape\.org\/namespaces|sodipodi\.sourceforge\.net)\//,
  /^http:\/\/(creativecommons\.org\/ns#|web\.resource\.org\/cc\/|purl\.org\/dc\/)/,
  /^http:\/\/www\.w3\.org\/1999\/02\/22-rdf-syntax-ns#$/,
  /^(http:\/\/ns\.adobe\.com\/|adobe:ns:)/,
  /^(http:\/\/www\.bohemiancoding\.com\/sketch|https?:\/\/(www\.)?(figma|serif|vectornator|boxy-svg|vecta)\.(com|io)\/)/,
];

/** Attributes by which some element, somewhere, fetches or embeds what they name. */
const FETCHING =
  /^(srcset|imagesrcset|ping|poster|action|formaction|data|srcdoc|background|cite|codebase|classid|archive|usemap|manifest|longdesc|profile|lowsrc|dynsrc|http-equiv|handler|definitionurl)$/;

/** Attributes that hold words for people and programs, and no style. */
const WORDS = /^(id|class|name|role|title|label|version|type|lang|data-.*|aria-.*)$/;

/** What an animation may set: how something looks, and nothing that leads elsewhere. */
const NOT_ANIMATED = /href|src|base|style|class|^on|^data|:/i;

/** Collects what keeps an element from being used in a logo, one sentence each. */
export function checkElement(element: SvgElement, problems: Set<string>): void {
  const { name, local, namespace, attributes } = element;
  // In a page the case of an element's name does not count.
  const drawn = (namespace === SVG || namespace === "") && ELEMENTS.has(local.toLowerCase());
  if (!drawn && !isNote(namespace)) problems.add(`It holds a <${shorten(name)}> element.`);
  for (const attribute of attributes) checkAttribute(attribute, problems);
}

function checkAttribute({ name, local, namespace, value }: SvgAttribute, problems: Set<string>) {
  const word = local.toLowerCase();
  if (name === "xmlns" || name.startsWith("xmlns:")) return;
  if (word.startsWith("on")) problems.add(`It holds an event handler, ${shorten(name)}.`);
  else if (word === "base") problems.add(`It sets ${shorten(name)}.`);
  else if (FETCHING.test(word))
    problems.add(`It holds an attribute that fetches, ${shorten(name)}.`);
  else if (word === "href" || word === "src") checkReference(value, problems);
  else if (![SVG, XLINK, XML, ""].includes(namespace)) {
    if (!isNote(namespace))
      problems.add(`It holds an attribute of another kind, ${shorten(name)}.`);
  } else if (word === "attributename") {
    if (NOT_ANIMATED.test(value)) problems.add(`It animates ${shorten(value)}.`);
  } else if (!WORDS.test(word)) checkCss(value, problems);
}

function isNote(namespace: string): boolean {
  return NOTES.some((pattern) => pattern.test(namespace));
}
