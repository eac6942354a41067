import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { openCheckout } from "../../src/checkout/index.ts";
import { messageHtml } from "../../src/preview/index.ts";
import { temporaryWorkspace } from "../support/tree.ts";

const NAMES = "tools/setup/emoji/emoji_names.py";

async function htmlOf(content: string, emojiNames?: string): Promise<string> {
  const root = temporaryWorkspace();
  if (emojiNames !== undefined) {
    mkdirSync(dirname(join(root, NAMES)), { recursive: true });
    writeFileSync(join(root, NAMES), emojiNames);
  }
  const html = await messageHtml(await openCheckout(root));
  return html({ content, stream: "builds" });
}

describe("messageHtml", () => {
  it("knows the tree's own emoji, and the bundled ones where it has none", async () => {
    const names = '"1f6a2": {"canonical_name": "our_ship", "aliases": ["vessel"]},';
    expect(await htmlOf(":our_ship: :vessel:", names)).toMatch(/emoji-1f6a2.*emoji-1f6a2/);
    expect(await htmlOf(":tada:", names)).not.toContain("emoji-");
    expect(await htmlOf(":tada:")).toContain("emoji-1f389");
    expect(await htmlOf(":tada:", "# nothing of the known form\n")).toContain("emoji-1f389");
  });

  it("knows the stream that the message goes to", async () => {
    expect(await htmlOf("#**builds**")).toContain('class="stream"');
    expect(await htmlOf("#**elsewhere**")).not.toContain('class="stream"');
  });

  it("always tells the same time", async () => {
    expect(await htmlOf("<time:10:30>")).toBe(await htmlOf("<time:10:30>"));
    expect(await htmlOf("<time:10:30>")).toContain("2024-01-01T10:30:00Z");
  });
});
