import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { findIntegration, integrationFiles, openCheckout } from "../../src/checkout/index.ts";
import { caseFile, makeTree } from "./tree.ts";

const registry = caseFile("dict-sorted", "before.py");

describe("findIntegration", () => {
  it("finds by name, and else says what is near or why not", async () => {
    const checkout = await openCheckout(
      makeTree(registry, { "zerver/webhooks/lonely/fixtures/a.json": "{}" }),
    );
    const failure = (name: string): unknown => {
      try {
        return findIntegration(checkout, name);
      } catch (error) {
        return error;
      }
    };
    expect(findIntegration(checkout, "fir").name).toBe("fir");
    expect(failure("brich")).toMatchObject({
      code: "unknown-integration",
      exitCode: 2,
      message: "There is no integration called brich.",
      hint: "Did you mean birch?",
    });
    expect(failure("qqqqq")).toMatchObject({
      hint: expect.stringContaining("connect-webhook list"),
    });
    expect(failure("lonely")).toMatchObject({
      message: expect.stringContaining("no entry for lonely"),
      hint: expect.stringContaining("WEBHOOK_INTEGRATIONS"),
    });
    expect(failure("maple")).toMatchObject({
      message: expect.stringContaining("without a webhook"),
    });
    expect(failure("")).toMatchObject({ code: "unknown-integration" });
  });
});

describe("integrationFiles", () => {
  it("lists what is there", async () => {
    const root = makeTree(registry, {
      "zerver/webhooks/birch/__init__.py": "",
      "zerver/webhooks/birch/view/__init__.py": "",
      "zerver/webhooks/birch/view/leaf.py": "",
      "zerver/webhooks/birch/extra.py": "",
      "zerver/webhooks/birch/tests.py": "",
      "zerver/webhooks/birch/doc.md": "",
      "zerver/webhooks/birch/fixtures/built.json": "{}",
      "zerver/webhooks/birch/fixtures/form.TXT": "a=b",
      "zerver/webhooks/birch/fixtures/plain": "",
      "zerver/webhooks/birch/fixtures/.hidden": "",
      "zerver/webhooks/birch/fixtures/folder/inner.json": "{}",
      "zerver/webhooks/fir/fixtures/shared.json": "{}",
      "static/images/integrations/logos/birch.svg": "<svg/>",
      "static/images/integrations/birch/002.png": "",
    });
    symlinkSync(
      "../../fir/fixtures/shared.json",
      join(root, "zerver/webhooks/birch/fixtures/link.json"),
    );
    symlinkSync("nowhere.json", join(root, "zerver/webhooks/birch/fixtures/broken.json"));
    const checkout = await openCheckout(root);
    const files = await integrationFiles(checkout, findIntegration(checkout, "birch"));
    expect(files).toEqual({
      viewFile: "zerver/webhooks/birch/view/__init__.py",
      viewFiles: [
        "zerver/webhooks/birch/view/__init__.py",
        "zerver/webhooks/birch/view/leaf.py",
        "zerver/webhooks/birch/extra.py",
      ],
      initFile: "zerver/webhooks/birch/__init__.py",
      testsFile: "zerver/webhooks/birch/tests.py",
      docFile: "zerver/webhooks/birch/doc.md",
      logo: "static/images/integrations/logos/birch.svg",
      avatar: undefined,
      fixtures: [
        fixture("broken.json", "broken", "json", "zerver/webhooks/birch/fixtures/nowhere.json"),
        fixture("built.json", "built", "json"),
        fixture("form.TXT", "form", "txt"),
        fixture("link.json", "link", "json", "zerver/webhooks/fir/fixtures/shared.json"),
        fixture("plain", "plain", ""),
      ],
      images: ["static/images/integrations/birch/002.png"],
    });
  });

  it("is empty for an integration of which nothing is there", async () => {
    const checkout = await openCheckout(makeTree(registry));
    const files = await integrationFiles(checkout, findIntegration(checkout, "fir"));
    expect(files).toMatchObject({ viewFiles: [], fixtures: [], images: [] });
    expect([files.viewFile, files.initFile, files.testsFile, files.docFile, files.logo]).toEqual(
      Array(5).fill(undefined),
    );
  });
});

function fixture(file: string, name: string, extension: string, linkTarget?: string): object {
  return { file, name, extension, path: `zerver/webhooks/birch/fixtures/${file}`, linkTarget };
}
