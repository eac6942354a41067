/** What may come out of a formula, written down apart from the renderer's own lists. */
import { expect } from "vitest";

const SIZE = ["height", "width"];

/** Every tag of a formula and its attributes, besides `class` and `style`. */
const MATH_TAGS: Readonly<Record<string, readonly string[]>> = {
  annotation: ["encoding"],
  line: ["stroke-width", "x1", "x2", "y1", "y2"],
  math: ["display", "xmlns"],
  menclose: ["notation"],
  mfrac: ["linethickness"],
  mi: ["mathvariant"],
  mn: ["mathvariant"],
  mo: [
    ...["fence", "largeop", "lspace", "mathvariant", "maxsize", "minsize", "rspace"],
    ...["separator", "stretchy"],
  ],
  mover: ["accent"],
  mpadded: [...SIZE, "depth", "lspace", "mathbackground", "voffset"],
  mphantom: [],
  mroot: [],
  mrow: [],
  mspace: [...SIZE, "linebreak", "mathbackground"],
  msqrt: [],
  mstyle: ["displaystyle", "mathcolor", "mathsize", "scriptlevel"],
  msub: [],
  msubsup: [],
  msup: [],
  mtable: ["columnalign", "columnlines", "columnspacing", "rowlines", "rowspacing", "width"],
  mtd: ["width"],
  mtext: ["mathvariant"],
  mtr: [],
  munder: ["accentunder"],
  munderover: [],
  path: ["d"],
  semantics: [],
  span: ["aria-hidden"],
  svg: [...SIZE, "preserveAspectRatio", "viewBox", "xmlns"],
};

const PROPERTIES = new Set(
  (
    "background-color border border-bottom-width border-color border-right-style " +
    "border-right-width border-style border-top-width border-width bottom color height left margin " +
    "margin-left margin-right margin-top min-width padding-left position text-shadow top " +
    "vertical-align width"
  ).split(" "),
);

function expectSafeStyle(style: string, of: string): void {
  for (const declaration of style.split(";").slice(0, -1)) {
    const [property = "", value = "", ...rest] = declaration.split(":");
    expect(PROPERTIES, `${declaration} of ${of}`).toContain(property);
    expect(rest, declaration).toEqual([]);
    expect(value, declaration).toMatch(/^[a-z0-9#.% +-]+$/i);
    expect(value, declaration).not.toMatch(/(^|[ +-])\d{4}|fixed|absolute|sticky/);
  }
}

/** Fails unless a tag of a formula keeps to the allow list. */
export function expectSafeMath(
  tag: string,
  attributes: ReadonlyMap<string, string>,
  of: string,
): void {
  expect(Object.keys(MATH_TAGS), `tag of ${of}`).toContain(tag);
  for (const [name, value] of attributes) {
    if (name === "style") {
      expectSafeStyle(value, of);
    } else if (name === "class") {
      expect(value, `class of ${of}`).toMatch(/^[a-zA-Z0-9_ -]+$/);
    } else {
      expect(MATH_TAGS[tag], `<${tag} ${name}> of ${of}`).toContain(name);
      if (name !== "xmlns") expect(value, `${name} of ${of}`).toMatch(/^[\w#%.,/ \n+-]*$/);
    }
  }
}

/** Pieces of TeX, and of what must not get through it. */
export const TEX_PIECES = [
  ..."abxyz01 {}[]()^_&~%#'\"<>|=+-,;:/!@.".split(""),
  ..."\\frac \\sqrt \\text{ \\textbf{ \\mathbf{ \\left( \\right) \\hat \\widehat{ \\cancel{".split(
    " ",
  ),
  ..."\\color{red} \\colorbox{red}{ \\fcolorbox{red}{blue}{ \\boxed{ \\tag{ \\phantom{".split(" "),
  ..."\\href{javascript:x}{ \\url{x} \\includegraphics{x} \\htmlClass{x}{ \\htmlStyle{x:y}{".split(
    " ",
  ),
  ..."\\htmlData{a=b}{ \\htmlId{x}{ \\def\\a{ \\def\\b#1{ \\a \\b \\gdef \\let \\verb|".split(" "),
  ..."\\rule{9999em}{1em} \\kern-5000em \\raisebox{9em}{ \\huge \\\\ \\over \\char60 \\sum".split(
    " ",
  ),
  ..."\\begin{matrix} \\end{matrix} \\begin{array}{c|c} \\end{array} \\xrightarrow{ \\big(".split(
    " ",
  ),
  ...["{a}", "{b}{c}", "}", "}", "<script>", "javascript:alert(1)", "é", "中", "💩", "\u0007"],
];
