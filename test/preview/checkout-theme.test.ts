/** The tree's own look: what it makes of a tree's files, and what it refuses of a stranger's. */
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Browser, openBrowser } from "../../src/browser/index.ts";
import { openCheckout } from "../../src/checkout/index.ts";
import { packageRoot } from "../../src/host/assets.ts";
import {
  type ChosenTheme,
  chooseTheme,
  drawPage,
  type PageMessage,
  standalonePage,
  type ThemeName,
} from "../../src/preview/index.ts";
import { plantTemplates } from "../support/hostile-files.ts";
import { temporaryDirectory, temporaryWorkspace } from "../support/tree.ts";

const HOSTILE = `<script>alert(1)</script>"'&`;

function message(more: Partial<PageMessage> = {}): PageMessage {
  return {
    recipient: { type: "stream", stream: "builds", topic: "main" },
    senderName: "Acme Bot",
    avatar: undefined,
    html: "<p>text</p>",
    time: "12:00 PM",
    colours: { bar: "#e0f0e0", icon: "#208020" },
    ...more,
  };
}

function treeWithLook(): string {
  const root = temporaryWorkspace();
  cpSync(join(packageRoot, "fixtures/look"), root, { recursive: true });
  return root;
}

async function themeOf(root: string, wanted?: ThemeName): Promise<ChosenTheme> {
  return chooseTheme(await openCheckout(root), wanted);
}

async function pageOf(root: string, ...messages: PageMessage[]) {
  return (await themeOf(root, "checkout")).theme.page(messages);
}

function write(root: string, path: string, content: string | Buffer): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
}

describe("the theme of a tree", () => {
  it("is the tree's own where it has one, and can be chosen", async () => {
    const root = treeWithLook();
    const names = [undefined, "builtin", "checkout"] as const;
    const chosen = await Promise.all(names.map((name) => themeOf(root, name)));
    expect(chosen.map(({ theme }) => theme.name)).toEqual(["checkout", "builtin", "checkout"]);
    expect(chosen.map(({ warning }) => warning)).toEqual([undefined, undefined, undefined]);
  });

  it("has the head of a page for any number of messages", async () => {
    const { theme } = await themeOf(treeWithLook(), "checkout");
    const { head, body } = await theme.page([message({ html: "<p>日本語 Привет</p>" })]);
    expect(await theme.head(body)).toBe(head);
    // More than a single page may include of other templates.
    expect(await theme.head(body.repeat(6_000))).toBe(head);
  });

  it("is ours in a tree without one", async () => {
    const root = temporaryWorkspace();
    expect(await themeOf(root)).toMatchObject({ theme: { name: "builtin" } });
    await expect(themeOf(root, "checkout")).rejects.toMatchObject({
      code: "unreadable-theme",
      message: expect.stringContaining("there is no web/templates/message_group.hbs"),
    });
  });

  it("is ours, with a word why, when the tree's cannot be read", async () => {
    const root = treeWithLook();
    rmSync(join(root, "web/templates/recipient.hbs"));
    const { theme, warning } = await themeOf(root);
    expect(theme.name).toBe("builtin");
    expect(warning).toMatch(/there is no web\/templates\/recipient\.hbs\. The builtin theme/);
  });

  it("says which styles of packages it lacks", async () => {
    const root = treeWithLook();
    write(root, "web/src/bundles/app.ts", 'import "./common";\nimport "fancy/fancy.css";\n');
    const { theme, warning } = await themeOf(root);
    expect(theme.name).toBe("checkout");
    expect(warning).toContain("fancy/fancy.css");
  });
});

describe("a page in the tree's look", () => {
  it("holds the styles in the order of the bundles, as a browser understands them", async () => {
    const { head } = await pageOf(treeWithLook(), message());
    expect(head).toContain("--paper: hsl(200deg 50% 90%)");
    expect(head).toContain("height: 90px");
    expect(head).toContain("(width < 500px)");
    expect(head).not.toMatch(/@extend|@import|\$paper|dollar sign/);
    expect(head.indexOf("--paper")).toBeLessThan(head.indexOf(".recipient_row"));
    expect(head).toContain('font-family:"Source Sans 3 VF"');
    expect(head).toContain('url("data:image/svg+xml;base64,');
  });

  it("has the elements around messages that the tree's page has, and the icons it uses", async () => {
    const { head, body } = await pageOf(treeWithLook(), message());
    expect(body).toMatch(
      /^<div class="app"><div class="app-main"><div class="column-middle"><div id="message-lists-container"><div class="message-list focused-message-list">/,
    );
    expect(head).toContain(".zulip-icon.zulip-icon-robot::before{width:2em;mask:url(");
  });

  it("fills an icon that says it has no filling, as the icon font does", async () => {
    const root = treeWithLook();
    const path = "web/shared/icons/robot.svg";
    const shape = readFileSync(join(root, path), "utf8");
    write(root, path, shape.replace("<svg", '<svg fill="none"'));
    const { head } = await pageOf(root, message());
    const [, drawn = ""] = /icon-robot::before\{[^}]*base64,([^"]+)"/.exec(head) ?? [];
    expect(Buffer.from(drawn, "base64").toString()).toBe(shape);
  });

  it("puts previews beside each other into one block where the tree's styles have a look for it", async () => {
    const preview = '<div class="message_inline_image"><a href="#"><img src="a.png"></a></div>';
    const html = `<p>x</p>${preview}${preview}<p>y</p>${preview}`;
    const root = treeWithLook();
    expect((await pageOf(root, message({ html }))).body).not.toContain("gallery");
    const styles = "web/styles/message.css";
    const css = readFileSync(join(root, styles), "utf8");
    write(root, styles, `${css}\n.message-thumbnail-gallery { display: flex; }\n`);
    const { body } = await pageOf(root, message({ html }));
    const [, first = "", second = ""] = body.split('<div class="message-thumbnail-gallery">');
    expect(first.split("<p>y</p>")[0]?.match(/message_inline_image/g)).toHaveLength(2);
    expect(second.match(/message_inline_image/g)).toHaveLength(1);
  });

  it("fills in what rules extend, as the tree's build does", async () => {
    const root = treeWithLook();
    const css = [
      '%light { .codehilite .k { color: #123456; content: "}" } }\n%light { .codehilite .o { color: #654321 } }',
      "@media screen { :root:not(.dark) { @extend %light; } } a { @extend .other; color: red }",
      "%unused { b { color: blue } } i { @extend %none }",
    ].join("\n");
    write(root, "web/styles/message.css", css);
    const { head } = await pageOf(root, message());
    expect(head).toMatch(
      /@media screen \{ :root:not\(\.dark\) \{\s+\.codehilite \.k \{ color: #123456/,
    );
    expect(head).toContain(".codehilite .o { color: #654321 }");
    expect(head).not.toMatch(/@extend|%light|%unused|color: blue/);
  });

  it("drops what a script would show later, and takes what a template is handed", async () => {
    const root = treeWithLook();
    const group = "web/templates/message_group.hbs";
    const parts = [
      "<template id='tip'><script>1</script><template>x</template></template>",
      "{{#> framed}}<b>handed over</b>{{/framed}}",
    ];
    write(root, group, parts.join("") + readFileSync(join(root, group), "utf8"));
    write(root, "web/templates/framed.hbs", "<u>{{> @partial-block}}</u>");
    const { body } = await pageOf(root, message());
    expect(body).not.toMatch(/template|script|tip/);
    expect(body).toContain("<u><b>handed over</b></u>");
  });

  it("finds icons that a template is handed, in the folder of the tree", async () => {
    const root = treeWithLook();
    const group = "web/templates/message_group.hbs";
    const use = '{{> button icon="pencil"}}';
    write(root, group, use + readFileSync(join(root, group), "utf8"));
    write(root, "web/templates/button.hbs", "<i class='zulip-icon zulip-icon-{{icon}}'></i>");
    const shape =
      '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 10"><path d="M0 0h9"/></svg>';
    rmSync(join(root, "web/images/icons"), { recursive: true });
    write(root, "web/icons/zulip-icons.font.cjs", 'module.exports = { files: ["./*.svg"] };');
    write(root, "web/icons/pencil.svg", shape);
    const { head } = await pageOf(root, message());
    expect(head.includes("zulip-icon-pencil::before{width:3em;mask:url(")).toBe(true);
  });

  it("has spoilers and numbered lists as the tree's page makes them", async () => {
    const root = treeWithLook();
    const html = [
      '<div class="spoiler-block"><div class="spoiler-header">\n</div><div class="spoiler-content">x</div></div>',
      '<ol start="9">\n<li>a<ol>\n<li>b</li>\n</ol>\n</li>\n<li>c</li>\n</ol>',
    ].join("");
    const script = "web/src/rendered_markdown.ts";
    write(root, script, "$(this).prepend(toggle_button_html);");
    const { body: early } = await pageOf(root, message({ html }));
    expect(early).toMatch(/spoiler-header"><span class="spoiler-button".*<p>Spoiler<\/p><\/div>/);
    expect(early).toContain('<ol start="9">');
    write(
      root,
      script,
      '$(this).find("p").addClass("spoiler-header-text"); $(this).append($(toggle_button_html));',
    );
    write(root, "web/styles/message.css", ".counter-length-1 { margin: 0 }");
    const { body } = await pageOf(root, message({ html }));
    expect(body).toMatch(/<p class="spoiler-header-text">Spoiler<\/p><span class="spoiler-button"/);
    expect(body).toContain(
      '<ol class="counter-length-2" style="counter-reset: count 8" start="9">',
    );
    expect(body).toContain('<ol class="counter-length-1" style="counter-reset: count 0">');
  });

  it("escapes every name", async () => {
    const stream = { type: "stream", stream: HOSTILE, topic: HOSTILE } as const;
    const { body } = await pageOf(
      treeWithLook(),
      message({ recipient: stream, senderName: HOSTILE, time: HOSTILE }),
      message({ recipient: { type: "direct", to: HOSTILE } }),
    );
    expect(body).not.toContain("<script");
    expect(body.split("&lt;script&gt;")).toHaveLength(7);
  });

  it("shows direct messages, topic links, emoji and times", async () => {
    const root = treeWithLook();
    const direct = await pageOf(root, message({ recipient: { type: "direct", to: "Bo" } }));
    expect(direct.body).toContain("You and Bo");
    const html =
      '<p><span class="emoji emoji-1f389" title="tada">:tada:</span> <time datetime="2024-02-03T04:05:00Z">x</time></p>';
    const recipient = { type: "stream", stream: "a", topic: "b", links: 2 } as const;
    const { body } = await pageOf(root, message({ recipient, html }));
    expect(body.split("topic-link")).toHaveLength(3);
    expect(body).toMatch(/<svg class="emoji[^>]*><text [^>]*>🎉<\/text><\/svg>/);
    expect(body).toContain(">Sat, Feb 3, 2024, 4:05 AM</time>");
  });

  it("folds a long message with the tree's own button", async () => {
    const { theme } = await themeOf(treeWithLook());
    const { folded } = await theme.page([message()]);
    expect(folded).toContain('class="message_content condensed"');
    expect(folded).toContain('<button class="message_expander shown">Show more</button>');
  });

  it("has the reader's sizes that the tree's model states", async () => {
    const root = treeWithLook();
    const model =
      "class User:\n    SIZE = 16\n    web_font_size_px = models.X(default=SIZE)\n    web_line_height_percent = models.X(default=140)\n";
    write(root, "zerver/models/users.py", model);
    const { head } = await pageOf(root, message());
    expect(head).toContain("--base-font-size-px:16px;--base-line-height-unitless:1.4");
    write(root, "zerver/models/users.py", `${model}    dense_mode = models.B(default=True)\n`);
    expect((await pageOf(root, message())).head).not.toContain("--base-font-size-px");
  });
});

describe("a drawing in the tree's look", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());

  it("shows the row with the ground around it", async () => {
    const { theme } = await themeOf(treeWithLook());
    const { pixels, ...size } = await drawPage(browser, await theme.page([message()]), theme);
    expect(size).toEqual({ width: 1520, height: 180 });
    const at = (x: number, y: number) => [
      ...pixels.subarray((y * 1520 + x) * 3, (y * 1520 + x) * 3 + 3),
    ];
    expect(at(4, 20)).toEqual([217, 234, 242]);
    expect(at(1000, 20)).toEqual([224, 240, 224]);
    expect(at(1000, 165)).toEqual([255, 255, 255]);
  });
});

describe("a look that means harm", () => {
  const GROUP = "web/templates/message_group.hbs";
  const outside = (root: string): void => {
    const folder = temporaryDirectory();
    writeFileSync(join(folder, "secret.hbs"), "secret");
    rmSync(join(root, "web/templates/recipient.hbs"));
    symlinkSync(join(folder, "secret.hbs"), join(root, "web/templates/recipient.hbs"));
  };
  it.each<[string, string | ((root: string) => void), RegExp]>([
    ["reaches for a constructor", "{{this.constructor.name}}", /uses this\.constructor/],
    ["reaches for a prototype", "{{message_groups.__proto__}}", /uses message_groups\.__proto__/],
    ["looks names up", '{{lookup this "message_groups"}}', /unknown helper lookup/],
    ["calls an unknown helper", '{{evil "x"}}', /unknown helper evil/],
    ["writes to the log", '{{log "x"}}', /unknown helper log/],
    ["chooses what it includes", "{{> (t table_name)}}", /chooses what it includes/],
    [
      "chooses what a block includes",
      "{{#> (t table_name)}}x{{/undefined}}",
      /chooses what it includes/,
    ],
    ["registers a decorator", "{{* evil}}", /uses a decorator/],
    ["has a block for a decorator", "{{#* evil}}x{{/evil}}", /uses a decorator/],
    ["includes itself", "{{> message_group}}", /cannot be rendered/],
    [
      "fans out",
      (root) => plantTemplates(root, "message_group", 30),
      /include each other without end/,
    ],
    [
      "defines what fans out",
      (root) => {
        const part = (level: number): string =>
          `{{#*inline "p${level}"}}${level > 25 ? "x" : `{{> p${level + 1}}}`.repeat(2)}{{/inline}}`;
        const parts = Array.from({ length: 27 }, (_, level) => part(level)).join("");
        write(root, "web/templates/message_group.hbs", `${parts}{{> p0}}`);
      },
      /include each other without end/,
    ],
    ["has a text without end", `{{#tr}}${"<z-a>".repeat(300_000)}{{/tr}}`, /too long/],
    ["includes a file outside", "{{> ../../../../etc/passwd}}", /there is no /],
    ["is a link to a file outside", outside, /there is no web\/templates\/recipient\.hbs/],
    ["holds a script", "<script>1</script>{{> recipient}}", /makes a <script> element/],
    ["sends the reader away", '<META http-equiv="refresh">', /makes a <META> element/],
    ...["base", "link", "iframe", "frame", "object", "embed", "form", "portal"].map(
      (tag): [string, string, RegExp] => [
        `holds a ${tag}`,
        `<${tag}>{{> recipient}}`,
        new RegExp(`makes a <${tag}> element`),
      ],
    ),
    [
      "makes more than any message is",
      `{{#*inline "p"}}${"x".repeat(1_000_000)}{{/inline}}${"{{> p}}".repeat(25)}`,
      /makes more than any message is/,
    ],
    ["is no template", "{{#if}}", /is no template/],
    ["shows nothing", "<p></p>", /do not show sample-stream/],
    [
      "repeats itself",
      "{{#each message_groups}}{{#each ../message_groups}}{{#each this}}{{#each ../this}}{{#each ../../this}}{{#each ../../../this}}x{{/each}}{{/each}}{{/each}}{{/each}}{{/each}}{{/each}}",
      /repeats itself/,
    ],
    ["is endless", (root) => write(root, GROUP, Buffer.alloc(3e6, 32)), /is too large/],
    [
      "nests blocks without end",
      (root) => write(root, GROUP, `${"{{#if a}}".repeat(20_000)}${"{{/if}}".repeat(20_000)}`),
      /has more than 1000 blocks/,
    ],
  ])("is refused when a template %s", async (_, change, reason) => {
    const root = treeWithLook();
    if (typeof change === "function") change(root);
    else write(root, GROUP, change);
    await expect(themeOf(root, "checkout")).rejects.toMatchObject({
      code: "unreadable-theme",
      message: expect.stringMatching(reason),
    });
  });

  it("cannot end its styles, load from elsewhere, or read outside the tree", async () => {
    const root = treeWithLook();
    const outside = temporaryDirectory();
    write(outside, "x.svg", "<svg/>");
    symlinkSync(join(outside, "x.svg"), join(root, "web/styles/linked.svg"));
    write(root, "web/styles/large.png", Buffer.alloc(30_001));
    const path = relative(join(root, "web/styles"), join(outside, "x.svg"));
    write(
      root,
      "web/styles/message.css",
      `a{content:"</style><script>1</script>"}b{background:url(https://evil.example/x.png)}c{background:url("${path}")}d{background:url(//evil.example)}e{background:url("linked.svg")}f{background:url(large.png)}`,
    );
    const page = await pageOf(root, message());
    expect(page.head.match(/<\/style/g)).toHaveLength(1);
    expect(page.head).not.toContain("evil.example");
    expect(page.head.match(/url\("data:,"\)/g)).toHaveLength(5);
    expect(standalonePage(page, "x")).toMatch(
      /Content-Security-Policy" content="default-src 'none'/,
    );
  });

  it("gets nothing of what JavaScript's own objects can do", async () => {
    const root = treeWithLook();
    const template = readFileSync(join(root, GROUP), "utf8");
    write(root, GROUP, `<i>{{message_groups.concat}}</i>${template}`);
    expect((await pageOf(root, message())).body).toContain("<i></i>");
  });

  it("shows only the message's own HTML as HTML", async () => {
    const root = treeWithLook();
    const template = readFileSync(join(root, "web/templates/message.hbs"), "utf8");
    write(root, "web/templates/message.hbs", `${template}{{rendered_markdown timestr}}`);
    const { body } = await pageOf(root, message({ time: "<b>12</b>" }));
    expect(body).not.toContain("<b>12</b>");
    expect(body).toContain("<p>text</p>");
  });
});
