/** What KaTeX's markup consists of. Nothing else gets into a message. */

function words(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/));
}

/** The elements: HTML, SVG for stretched symbols, and MathML for screen readers. */
export const TAGS = words(`
span svg path line
math semantics annotation mrow mi mn mo mtext mspace mstyle mpadded mphantom menclose
msup msub msubsup mover munder munderover mfrac msqrt mroot mtable mtr mtd
`);

/** The classes that KaTeX's style sheet, or its own code, knows. */
export const CLASSES = words(`
accent accent-body accent-full accentunder allowbreak amsrm angl anglpad armenian_fallback
arraycolsep base boldsymbol boxpad brace-center brace-left brace-right brahmic_fallback
cancel-lap cancel-pad cd-arrow-pad cd-label-left cd-label-right cd-vert-arrow cjk_fallback clap
col-align-c col-align-l col-align-r colorbox cyrillic_fallback delim-size1 delim-size4
delimcenter delimsizing delimsizinginner enclosing eqn-num fbox fcolorbox fix fleqn
fontsize-ensurer frac-line georgian_fallback halfarrow-left halfarrow-right hangul_fallback hbox
hdashline hide-tail hline inner katex katex-display katex-html katex-mathml large-op
latin_fallback leftmost leqno llap mainrm mathbb mathbf mathboldfrak mathboldsf mathcal mathfrak
mathit mathitsf mathnormal mathrm mathscr mathsf mathsfit mathtt mbin mclose mfrac minner
mml-eqn-num mop mopen mord mover mpunct mrel mspace msupsub mtable mtight mtr-glue mult munder
newline nobreak nulldelimiter op-limits op-symbol overlay overline overline-line pstrut
reset-size1 reset-size2 reset-size3 reset-size4 reset-size5 reset-size6 reset-size7 reset-size8
reset-size9 reset-size10 reset-size11 rightmost rlap root rule size1 size2 size3 size4 size5
size6 size7 size8 size9 size10 size11 sizing small-op smash sout sqrt stretchy strut svg-align
tag text textbb textbf textboldfrak textboldsf textfrak textit textitsf textrm textscr textsf
texttt thinbox underline underline-line vbox vcenter vec vertical-separator vlist vlist-r
vlist-s vlist-t vlist-t2 x-arrow x-arrow-pad
`);

// At most three digits before the point: what is larger would leave the page.
const NUMBER = "[+-]?(?:\\d{1,3}(?:\\.\\d+)?|\\.\\d+)";
const LENGTH = `${NUMBER}(?:em|pt|px|%)?`;
const LENGTHS = `${LENGTH}(?: ${LENGTH})*`;
const COLOUR = "(?:#[0-9a-fA-F]{3,8}|[a-zA-Z]+)";
const LINE = "(?:solid|dashed)";

function whole(expression: string): RegExp {
  return new RegExp(`^(?:${expression})$`);
}

function each(names: string, expression: string): [string, RegExp][] {
  return names.split(" ").map((name) => [name, whole(expression)]);
}

/** The style properties and what their values look like. There is no function such as `url()`. */
export const STYLES: ReadonlyMap<string, RegExp> = new Map([
  ...each("height width min-width vertical-align top bottom left", LENGTH),
  ...each("margin margin-left margin-right margin-top padding-left", LENGTHS),
  ...each("border-width border-bottom-width border-right-width border-top-width", LENGTH),
  ...each("color background-color border-color", COLOUR),
  ...each("border-style border-right-style", LINE),
  ...each("border", `${LENGTH} ${LINE} ${COLOUR}`),
  ...each("text-shadow", LENGTHS),
  ...each("position", "relative"),
]);

/** The attributes, besides `class` and `style`, and what their values look like. */
export const ATTRIBUTES: ReadonlyMap<string, RegExp> = new Map([
  ...each("aria-hidden accent accentunder separator", "true"),
  ...each("displaystyle fence largeop stretchy", "true|false"),
  ...each("xmlns", "http://www\\.w3\\.org/(?:2000/svg|1998/Math/MathML)"),
  ...each("encoding", "application/x-tex"),
  ...each("display", "block"),
  ...each("linebreak", "newline"),
  ...each("scriptlevel", "\\d"),
  ...each("mathcolor mathbackground", COLOUR),
  ...each("mathvariant", "[a-z-]+"),
  ...each("columnalign columnlines rowlines notation preserveAspectRatio", "[a-zA-Z]+(?: [a-z]+)*"),
  ...each("height width depth voffset minsize maxsize mathsize linethickness", LENGTH),
  ...each("lspace rspace", `${LENGTH}|${NUMBER}width`),
  ...each("rowspacing columnspacing", `(?:${LENGTHS})?`),
  ...each("x1 x2 y1 y2 stroke-width", LENGTH),
  ...each("viewBox", "-?\\d+(?:\\.\\d+)?(?: -?\\d+(?:\\.\\d+)?){3}"),
  ...each("d", "[MmLlHhVvCcSsQqTtAaZz0-9 ,.\\n-]*"),
]);
