import { describe, expect, it } from "vitest";
import { inspectSvg, optimiseSvg } from "../../src/image/index.ts";

const ROOT = '<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64" viewBox="0 0 64 64">';
const svg = (body: string, root = ROOT) => Buffer.from(`${root}${body}</svg>`);

describe("optimiseSvg", () => {
  it("makes a wordy drawing smaller, with the same size", async () => {
    const wordy = svg(
      '<!-- drawn by hand --><metadata>who and when</metadata><g><g><rect x="4.00000" y="4.00000" width="56.00000" height="56.00000" style="fill:#ff0000;fill-opacity:1"/></g></g>',
    );
    const smaller = (await optimiseSvg(wordy)) as Buffer;
    expect(smaller.length).toBeLessThan(wordy.length * 0.8);
    expect(inspectSvg(smaller)).toMatchObject({ ok: true, width: 64, height: 64 });
    expect(await optimiseSvg(smaller)).toBeUndefined();
  });

  it("leaves alone what is small already", async () => {
    expect(await optimiseSvg(svg('<path fill="red" d="M4 4h56v56H4z"/>'))).toBeUndefined();
  });

  it.each([
    ["a script", svg("<script>1</script>")],
    ["a reference", svg('<image href="https://example.com/a.png"/>')],
    ["entities", Buffer.from(`<!DOCTYPE svg [<!ENTITY a "b">]>${ROOT}&a;</svg>`)],
    ["an absurd size", svg("", ROOT.replaceAll("64", "64000000"))],
    ["no SVG", Buffer.from("<html/>")],
  ])("refuses %s", async (_, logo) => {
    await expect(optimiseSvg(logo)).rejects.toMatchObject({ code: "bad-logo" });
  });
});
