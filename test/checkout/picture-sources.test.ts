/** What a picture is made from, as far as the tree is concerned. */
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openCheckout } from "../../src/checkout/index.ts";
import type { Integration, ScreenshotEntry } from "../../src/checkout/model.ts";
import { PictureSources, sourceOf } from "../../src/checkout/picture-sources.ts";
import { git } from "../support/git.ts";
import { temporaryDirectory, temporaryWorkspace } from "../support/tree.ts";

/** A workspace's sample, and its hashes as they are at the moment. */
async function sample() {
  const checkout = await openCheckout(temporaryWorkspace());
  const integration = checkout.integrations[0] as Integration;
  const entry = integration.screenshots[0] as ScreenshotEntry;
  const file = (path: string) => join(checkout.root, path);
  const hashes = async (stated: Partial<ScreenshotEntry> = {}) => {
    const sources = new PictureSources(checkout.root);
    const source = sourceOf(integration, { ...entry, ...stated });
    const [data, form, library] = await Promise.all([
      sources.data(source),
      sources.form(source),
      sources.library(),
    ]);
    return { data, form, library };
  };
  return { integration, entry, file, hashes };
}

describe("PictureSources", () => {
  it.each([
    [
      "data",
      "the fixture",
      (i: Integration, e: ScreenshotEntry) => `${i.fixturesDirectory}/${e.fixture}`,
    ],
    ["form", "the avatar", (i: Integration) => i.avatar],
    ["form", "the view", (i: Integration) => `${i.directory}/view.py`],
    ["library", "the library", () => "zerver/lib/timestamp.py"],
  ] as const)("has another hash of the %s when %s changes", async (kind, _what, path) => {
    const { integration, entry, file, hashes } = await sample();
    const before = await hashes();
    appendFileSync(file(path(integration, entry)), "\n");
    const after = await hashes();
    expect(after[kind]).not.toBe(before[kind]);
    expect({ ...after, [kind]: "" }).toEqual({ ...before, [kind]: "" });
  });

  it.each([
    ["a setting of this machine", ["-c", "core.autocrlf=true"]],
    ["git's own way of storing text", []],
  ])("is the same in a clone whose line ends are those of %s", async (_what, settings) => {
    const { integration, entry, file } = await sample();
    const root = file("");
    const fixture = `${integration.fixturesDirectory}/form.multipart`;
    const body = '--x7\nContent-Disposition: form-data; name="lamp"\n\nnorth\n--x7--\n';
    writeFileSync(file(fixture), body.replaceAll("\n", "\r\n"));
    writeFileSync(file(".gitattributes"), "* text=auto\n");
    git(root, "init", "--quiet");
    git(root, "add", ".");
    git(root, "commit", "--quiet", "--message", "all");
    const clone = join(temporaryDirectory(), "clone");
    git(root, ...settings, "clone", "--quiet", ".", clone);
    const [drawn, cloned] = await Promise.all(
      [root, clone].map(async (one) => {
        const sources = new PictureSources(one);
        const source = sourceOf(integration, { ...entry, fixture: "form.multipart" });
        return [sources.data(source), await sources.form(source), await sources.library()];
      }),
    );
    expect(readFileSync(join(clone, fixture)).includes("\r\n")).toBe(settings.length > 0);
    expect(cloned).toEqual(drawn);
  });

  it("follows what the entry says, and not where it stands", async () => {
    const { hashes } = await sample();
    const before = await hashes();
    expect(await hashes({ line: 7, range: { from: 1, to: 2 } })).toEqual(before);
    expect((await hashes({ botName: "Someone" })).data).not.toBe(before.data);
  });

  it("follows the code of another integration that the view uses", async () => {
    const { integration, file, hashes } = await sample();
    mkdirSync(file("zerver/webhooks/elsewhere"));
    appendFileSync(
      file(`${integration.directory}/view.py`),
      "\nfrom zerver.webhooks import elsewhere\n",
    );
    const before = await hashes();
    writeFileSync(file("zerver/webhooks/elsewhere/words.py"), "WORD = 1\n");
    expect((await hashes()).form).not.toBe(before.form);
  });
});
