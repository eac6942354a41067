import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { findCheckout, kindOf } from "../../src/checkout/find.ts";
import { temporaryDirectory } from "../support/tree.ts";
import { makeTree } from "./tree.ts";

describe("findCheckout", () => {
  it("finds the tree from its root and from any folder inside, links included", async () => {
    const root = makeTree("");
    const inside = join(root, "zerver/webhooks/cedar/fixtures");
    mkdirSync(inside, { recursive: true });
    const link = join(temporaryDirectory(), "link");
    symlinkSync(inside, link);
    for (const start of [root, inside, link, join(root, "zerver", "..", "zerver")]) {
      expect(await findCheckout(start), start).toBe(root);
    }
  });

  it("takes the nearest of nested trees", async () => {
    const outer = makeTree("");
    const inner = join(outer, "vendor/inner");
    mkdirSync(join(inner, "zerver/lib"), { recursive: true });
    mkdirSync(join(inner, "zerver/webhooks"));
    writeFileSync(join(inner, "zerver/lib/integrations.py"), "");
    expect(await findCheckout(join(inner, "zerver"))).toBe(inner);
  });

  it("says that there is no tree, and how to get one", async () => {
    const folder = temporaryDirectory();
    await expect(findCheckout(folder)).rejects.toMatchObject({
      code: "no-checkout",
      message: expect.stringMatching(/^This folder is not in a Connect tree/),
      hint: expect.stringMatching(/-C.*connect-webhook init/),
    });
    await expect(findCheckout(folder, { explicit: true })).rejects.toMatchObject({
      code: "no-checkout",
      message: expect.stringContaining(folder),
    });
  });

  it("tells a missing folder, a file and a broken tree apart", async () => {
    const root = makeTree("");
    await expect(findCheckout(join(root, "nowhere"))).rejects.toMatchObject({
      code: "no-such-folder",
    });
    const file = join(root, "zerver/lib/integrations.py");
    await expect(findCheckout(file)).rejects.toMatchObject({ code: "not-a-folder" });
    rmSync(file);
    await expect(findCheckout(join(root, "zerver"))).rejects.toMatchObject({
      code: "incomplete-checkout",
      message: expect.stringContaining("has no zerver/lib/integrations.py"),
    });
  });

  it("knows a workspace by its mark", () => {
    expect(kindOf(makeTree(""))).toBe("checkout");
    expect(kindOf(makeTree("", { "connect-webhook.json": '{"version":1}' }))).toBe("workspace");
  });
});
