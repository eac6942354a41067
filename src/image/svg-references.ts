/** What an SVG logo may refer to: its own parts, and pictures within it. */

/** Pictures by their type, and how their bytes begin: a type alone says nothing of what a program makes of them. */
const PICTURES: readonly { type: RegExp; start: RegExp }[] = [
  { type: /^png$/i, start: /^[^ -~]PNG\r\n/ },
  { type: /^jpe?g$/i, start: /^\xff\xd8\xff/ },
  { type: /^gif$/i, start: /^GIF8[79]a/ },
  { type: /^webp$/i, start: /^RIFF.{4}WEBP/s },
];

const PICTURE = /^data:image\/([a-z]+)(?:;[\w-]+=[\w-]+)*;base64,([A-Za-z0-9+/\s]{0,24})/i;

/** Functions of CSS that only compute: values, shapes, colours, and the selectors that look like functions. */
const FUNCTIONS = new Set(
  `url rgb rgba hsl hsla hwb lab lch oklab oklch color color-mix
  matrix matrix3d translate translatex translatey translate3d translatez rotate rotatex rotatey rotatez rotate3d
  scale scalex scaley scalez scale3d skew skewx skewy perspective ref
  calc min max clamp var cubic-bezier steps linear
  blur brightness contrast drop-shadow grayscale hue-rotate invert opacity saturate sepia
  inset circle ellipse polygon path rect xywh local format
  not is where has lang nth-child nth-last-child nth-of-type nth-last-of-type and or only all`.split(
    /\s+/,
  ),
);

const AT_RULES = new Set([
  "charset",
  "font-face",
  "keyframes",
  "-webkit-keyframes",
  "media",
  "supports",
]);

const CSS_URL = /url\(\s*(?:"([^"]*)"|'([^']*)'|([^"'()\s]*))\s*(\))?/gi;
/** Begins where a word does: a text of a megabyte may be one word. */
const CSS_FUNCTION = /(?<![-\w\u0080-\uffff])([-\w\u0080-\uffff]*)\(/g;
const CSS_AT_RULE = /@([-\w\u0080-\uffff]*)/g;

/** Checks what an `href` leads to. */
export function checkReference(value: string, problems: Set<string>): void {
  const target = value.trim();
  if (target === "" || target.startsWith("#") || isPicture(target)) return;
  problems.add(`It refers to something outside itself: ${shorten(target)}.`);
}

function isPicture(target: string): boolean {
  const [whole, type = "", start = ""] = PICTURE.exec(target.slice(0, 200)) ?? [];
  if (whole === undefined) return false;
  const bytes = Buffer.from(start, "base64").toString("latin1");
  return PICTURES.some((one) => one.type.test(type) && one.start.test(bytes));
}

/** Checks a style sheet, a style attribute, or an attribute like `fill` that may hold `url(…)`. */
export function checkCss(css: string, problems: Set<string>): void {
  if (css.includes("\\")) problems.add("Its styles hold escaped characters.");
  if (/javascript:/i.test(css)) problems.add("Its styles hold a script.");
  for (const [, word = ""] of css.matchAll(CSS_AT_RULE)) {
    const rule = word.toLowerCase();
    if (rule === "import") problems.add("Its styles import another file.");
    else if (!AT_RULES.has(rule)) problems.add(`Its styles hold @${shorten(word)}.`);
  }
  for (const [, word = ""] of css.matchAll(CSS_FUNCTION)) {
    if (word === "" || FUNCTIONS.has(word.toLowerCase())) continue;
    problems.add(`Its styles call ${shorten(word)}().`);
  }
  for (const [whole, double, single, bare, end] of css.matchAll(CSS_URL)) {
    // Cut off, or with more in it than an address: programs disagree on what that means.
    if (end === undefined)
      problems.add(`Its styles hold an address that does not end: ${shorten(whole)}.`);
    checkReference(double ?? single ?? bare ?? "", problems);
  }
}

/** Enough of a stranger's text to find it by. */
export function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
