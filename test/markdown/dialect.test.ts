import { describe, expect, it } from "vitest";
import { parseMarkdownDialect, renderMarkdown } from "../../src/markdown/index.ts";

describe("parseMarkdownDialect", () => {
  it("finds nothing new in a renderer of 2023", () => {
    const dialect = parseMarkdownDialect(
      'path = "/#narrow/stream/"\nvideo = "data-video-original-url"\n',
    );
    expect(Object.entries(dialect).filter(([, isSo]) => isSo)).toEqual([
      ["namesVideoSource", true],
    ]);
  });

  it("knows trees with channels, larger previews and whole addresses by what they write", () => {
    const source =
      'path = "/#narrow/channel/"\nimage = id + "/mqdefault.jpg"\nurlsplit(url.replace("a", "b"))\n';
    expect(parseMarkdownDialect(source)).toMatchObject({
      channels: true,
      mediumYoutubePicture: true,
      keepsSemicolon: true,
    });
  });
});

describe("an image in the text", () => {
  it("is fetched from where the caller says", () => {
    const html = renderMarkdown("![graph](https://media.example/g.png) ![own](/static/o.png)", {
      dialect: { images: true },
      media: { proxy: (url) => `https://proxy.example/?${encodeURIComponent(url)}` },
    });
    expect(html).toBe(
      '<p><img alt="graph" data-original-src="https://media.example/g.png" ' +
        'src="https://proxy.example/?https%3A%2F%2Fmedia.example%2Fg.png"> ' +
        '<img alt="own" data-original-src="/static/o.png" src="/static/o.png"></p>',
    );
  });
});
