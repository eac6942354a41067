import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { renderMarkdown } from "../../src/markdown/index.ts";
import { ALLOWED_SCHEMES } from "../../src/markdown/urls.ts";
import { tagsOf } from "./html.ts";
import { expectSafeMath, TEX_PIECES } from "./math-safety.ts";

/** Every tag that may come out, and its attributes; those of formulas have a list of their own. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  a: ["class", "data-id", "data-stream-id", "href", "title"],
  blockquote: [],
  br: [],
  code: [],
  del: [],
  div: ["aria-hidden", "class", "data-code-language"],
  em: [],
  ...Object.fromEntries(["h1", "h2", "h3", "h4", "h5", "h6"].map((tag) => [tag, []])),
  hr: [],
  img: ["alt", "class", "data-src-fullsize", "src", "title"],
  li: [],
  ol: ["start"],
  p: [],
  pre: [],
  span: ["aria-label", "class", "data-user-group-id", "data-user-id", "role", "title"],
  strong: [],
  ...Object.fromEntries(["table", "thead", "tbody", "tr"].map((tag) => [tag, []])),
  td: ["style"],
  th: ["style"],
  time: ["datetime"],
  ul: [],
  video: ["data-video-original-url", "preload", "src"],
};

const ADDRESSES = ["href", "src", "data-src-fullsize", "data-video-original-url"];

/** The scheme a browser would see: it ignores leading control characters, tabs and line breaks. */
function schemeOf(url: string): string | undefined {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what browsers ignore
  const seen = url.replace(/^[\u0000-\u0020]+/, "").replace(/[\t\r\n]/g, "");
  return /^([a-z][a-z0-9+.-]*):/i.exec(seen)?.[1]?.toLowerCase();
}

/** Fails unless a message's HTML keeps to the allow list. */
function expectSafe(markdown: string): void {
  const html = renderMarkdown(markdown, {
    translateEmoticons: true,
    site: "https://chat.example.com",
    streams: [{ id: 1, name: 'a"b<c>' }],
    users: [{ id: 2, name: "x\"y'z<" }],
    groups: [{ id: 3, name: "<g>" }],
    linkifiers: [{ pattern: "#(?P<id>[^ ]+)", urlTemplate: "{+id}" }],
    media: { thumbnails: markdown.length % 2 === 0 },
  });
  for (const { name, attributes, inMath } of tagsOf(html)) {
    if (inMath) {
      expectSafeMath(name, attributes, markdown);
      continue;
    }
    expect(Object.keys(ALLOWED), `tag of ${markdown}`).toContain(name);
    for (const [attribute, value] of attributes) {
      expect(ALLOWED[name], `<${name} ${attribute}> of ${markdown}`).toContain(attribute);
      if (attribute === "style") expect(value).toMatch(/^text-align: (left|center|right);$/);
      if (!ADDRESSES.includes(attribute)) continue;
      const scheme = schemeOf(value);
      if (scheme !== undefined) expect([...ALLOWED_SCHEMES], value).toContain(scheme);
    }
  }
}

const PAYLOADS = [
  "<script>alert(1)</script>",
  "<img src=x onerror=alert(1)>",
  "<svg/onload=alert(1)>",
  "<iframe src=javascript:alert(1)>",
  "<a href=javascript:alert(1)>x</a>",
  "<!-- --><script>alert(1)</script>",
  "<scr<script>ipt>alert(1)</scr</script>ipt>",
  "[x](javascript:alert(1))",
  "[x](JaVaScRiPt:alert(1))",
  "[x]( javascript:alert(1))",
  "[x](\u0001javascript:alert(1))",
  "[x](java\u0000script:alert(1))",
  "[x](java\nscript:alert(1))",
  "[x](java\tscript:alert(1))",
  "[x](javascript&colon;alert(1))",
  "[x](&#106;avascript:alert(1))",
  "[x](&#x6A;avascript:alert(1))",
  "[x](javascript://example.com/%0aalert(1))",
  "[x](vbscript:msgbox(1))",
  "[x](data:text/html;base64,PHNjcmlwdD4=)",
  "[x](blob:https://example.com/1)",
  "[x](view-source:javascript:alert(1))",
  "[x](<javascript:alert(1)>)",
  '[x](https://e.com "onmouseover=alert(1)")',
  "[x](https://e.com '\"><script>alert(1)</script>')",
  '[x](https://e.com"onmouseover="alert(1))',
  '[<img src=x onerror=alert(1)>](https://e.com/"><script>)',
  '[x](//e.com/\\"onclick=alert(1))',
  '[a](https://e.com/`"onclick=alert(1)`)',
  '[a](https://e.com/:tada:"onclick=alert(1))',
  "[a](javascript`:`alert(1))",
  "[`j`avascript:alert(1)](`j`avascript:alert(1))",
  'https://e.com/"onmouseover=alert(1)',
  "https://e.com/'onmouseover='alert(1)",
  "https://e.com/<script>alert(1)</script>",
  'https://e.com/a.png"onerror=alert(1)',
  "https://e.com/`<script>`.png",
  "javascript:alert(1)//https://e.com",
  'a@b.com"onclick=alert(1)',
  '```"><script>alert(1)</script>\nx\n```',
  "```<script>\nx\n```",
  '```a"onclick=alert(1)\n<script>\n```',
  '``` {."onclick}\nx\n```',
  "```python\n'</code><script>alert(1)</script>'\n```",
  "```html\n<script>alert(1)</script>\n```",
  "```spoiler <script>alert(1)</script>\n<script>alert(1)</script>\n```",
  "~~~quote\n```spoiler a\n~~~\n</div></div><script>",
  "```math\n<script>alert(1)</script>\n```",
  "$$<script>alert(1)</script>$$",
  "$$\\href{javascript:alert(1)}{x}$$",
  "$$\\href{https://e.com}{x} \\url{javascript:alert(1)}$$",
  '$$\\includegraphics[alt={"onerror=alert(1)}]{https://e.com/x.png}$$',
  '$$\\htmlClass{x" onclick="alert(1)}{x} \\htmlId{x}{y}$$',
  "$$\\htmlStyle{background:url(javascript:alert(1))}{x}$$",
  '$$\\htmlData{onclick=alert(1), x" onclick="y=z}{x}$$',
  '$$\\color{red"onclick=alert(1)}x$$',
  "$$\\textcolor{expression(alert(1))}{x}$$",
  "$$\\colorbox{url(javascript:alert(1))}{x}$$",
  "$$\\rule{1em;background:url(x)}{1em}$$",
  "$$\\def\\a{<script>}\\a \\text{<img src=x onerror=alert(1)>}$$",
  "$$\\verb|<script>alert(1)</script>| \\char60 \\unicode{60}$$",
  '$$\\begin{array}{c"onclick=alert(1)}x\\end{array}$$',
  "$$\\begin{<script>}x\\end{<script>}$$",
  "$$x % </annotation></math><script>alert(1)</script>$$",
  "$$x % `code` \u0002inline:0\u0003$$ `a`",
  "```math\n\\tag{<script>}x\n\n</span><script>\n\n\\nothing{<script>}\n```",
  "`<script>alert(1)</script>`",
  "    <script>alert(1)</script>",
  "<time:<script>alert(1)</script>>",
  '<time:2020-01-01"onclick=alert(1)>',
  '@**<script>** @_*<g>* @**x"y\'z<** @**all"onclick=x**',
  '#**a"b<c>** #**a"b<c>>t"onclick=x**',
  '#javascript:alert(1) #data:text/html,x #//e.com/"x',
  ':tada"onclick=alert(1): :<script>:',
  '| <script> | "x |\n|:-:|--:|\n| <img onerror=x> | [a](javascript:b) |',
  "# <script>alert(1)</script>",
  "> <script>alert(1)</script>",
  '1"onclick. x',
  "&lt;script&gt;alert(1)&lt;/script&gt; &#60;script&#62; &amp;lt;",
  "\u0002inline:0\u0003 \u0002block:0\u0003 \u000260\u0003script\u000262\u0003",
  "\\\\`<script>` \u000260\u0003",
  "*<a **<b ~~<c `<d`~~**>*",
];

/** Pieces of markup; messages made of them reach far more than plain random text does. */
const PIECES = [
  ..."*_~`[]()<>!#&;:\\|\"'$@-+.\n \t{}=/^".split(""),
  ..."** *** ~~ `` ``` ~~~ ](  [x]( <time: @** @_* #** $$ \n\n \n>  \n* \n1. \n    \n```quote\n".split(
    /(?<! ) (?! )/,
  ),
  "\n```spoiler x\n",
  "\n```python\n",
  "\n```\n",
  "\n| a | b |\n|---|---|\n",
  ...["javascript:", "data:", "https://e.com/", "e.com", "a@b.com", "/x.png", ".mp4", "&#106;"],
  ...["<script>", "</div>", "onclick=x", "word", "é", "💩", "\ud83d", "\u0002", "\u0003", "1"],
  ...["$$x^2$$", "$$\\frac{", "}", "\\text{", "\\def\\a", "\n```math\n", "\\href{", "% "],
  ...[":tada:", ":)", "all**", "inline:0", "block:0", "https://youtu.be/a"],
];

describe("safety", () => {
  it.each(PAYLOADS)("%j", expectSafe);

  it("holds for messages made of markup", () => {
    const message = fc
      .array(fc.constantFrom(...PIECES), { maxLength: 40 })
      .map((pieces) => pieces.join(""));
    fc.assert(fc.property(message, expectSafe), { numRuns: 3000 });
  });

  it("holds for any text", () => {
    const text = fc.string({ unit: "binary", maxLength: 200 });
    fc.assert(fc.property(text, expectSafe), { numRuns: 1000 });
  });

  it("holds for formulas made of TeX", () => {
    const tex = fc
      .array(fc.constantFrom(...TEX_PIECES), { maxLength: 25 })
      .map((pieces) => pieces.join(""));
    fc.assert(
      fc.property(tex, (formula) => {
        expectSafe(`$$${formula}$$`);
        expectSafe(`\`\`\`math\n${formula}\n\`\`\``);
      }),
      { numRuns: 1000 },
    );
  });

  it("holds for any language, header and content of a fence", () => {
    const line = fc.string({ unit: "grapheme", maxLength: 30 });
    fc.assert(
      fc.property(line, line, line, (lang, header, content) =>
        expectSafe(`\`\`\`${lang} ${header}\n${content}\n\`\`\``),
      ),
      { numRuns: 1000 },
    );
  });

  it("holds for any address of a link", () => {
    const address = fc.string({ unit: "binary-ascii", maxLength: 40 });
    fc.assert(
      fc.property(address, address, (url, title) => expectSafe(`[x](${url} "${title}") ${url}`)),
      { numRuns: 2000 },
    );
  });
});
