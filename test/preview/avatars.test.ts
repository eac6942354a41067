import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { openCheckout } from "../../src/checkout/index.ts";
import type { Checkout, Integration } from "../../src/checkout/model.ts";
import { applyChanges } from "../../src/host/changes.ts";
import { pngFacts } from "../../src/image/index.ts";
import { makeAvatars } from "../../src/preview/index.ts";
import { fingerprint, temporaryWorkspace } from "../support/tree.ts";

const SVG = 'xmlns="http://www.w3.org/2000/svg"';

/** A workspace, its sample integration, and the paths of that one's logo and avatar. */
async function workspace() {
  const root = temporaryWorkspace();
  const checkout = await openCheckout(root);
  const integration = checkout.integrations[0] as Integration;
  const path = (relative: string) => join(root, relative);
  return {
    checkout,
    integration,
    logo: path(integration.expectedLogo),
    avatar: path(integration.avatar),
  };
}

async function made(checkout: Checkout, integrations: Integration[], check = false) {
  return makeAvatars({ checkout, integrations, check });
}

describe("makeAvatars", () => {
  it("makes what is missing, and leaves alone what looks right", async () => {
    const { checkout, integration, avatar } = await workspace();
    rmSync(avatar, { force: true });
    const [first] = await made(checkout, [integration]);
    expect(first?.result).toMatchObject({
      integration: integration.name,
      path: integration.avatar,
      width: 100,
      height: 100,
      status: "written",
    });
    expect(first?.change?.kind).toBe("create");
    await applyChanges(checkout.root, first?.change ? [first.change] : []);
    expect(await pngFacts(await sharp(avatar).toBuffer())).toEqual({ width: 100, height: 100 });
    // Other bytes, the same look.
    writeFileSync(avatar, await sharp(avatar).png({ compressionLevel: 0 }).toBuffer());
    const [second] = await made(checkout, [integration]);
    expect(second).toMatchObject({ result: { status: "unchanged" } });
    expect(second?.change).toBeUndefined();
  });

  it("replaces one that looks different, or is no picture", async () => {
    const { checkout, integration, logo, avatar } = await workspace();
    writeFileSync(
      logo,
      `<svg ${SVG} viewBox="0 0 9 9"><rect width="9" height="9" fill="#00f"/></svg>`,
    );
    const [stale] = await made(checkout, [integration]);
    expect(stale).toMatchObject({ result: { status: "written" }, change: { kind: "update" } });
    writeFileSync(avatar, "no picture");
    const [broken] = await made(checkout, [integration]);
    expect(broken).toMatchObject({ result: { status: "written" }, change: { kind: "update" } });
  });

  it("only says what is stale or missing when asked to check", async () => {
    const { checkout, integration, logo, avatar } = await workspace();
    writeFileSync(
      logo,
      `<svg ${SVG} viewBox="0 0 9 9"><rect width="9" height="9" fill="#00f"/></svg>`,
    );
    const before = fingerprint(checkout.root);
    const [stale] = await made(checkout, [integration], true);
    expect(stale?.result.status).toBe("stale");
    expect(fingerprint(checkout.root)).toBe(before);
    rmSync(avatar);
    const [missing] = await made(checkout, [integration], true);
    expect(missing?.result.status).toBe("missing");
    expect([stale?.change, missing?.change]).toEqual([undefined, undefined]);
  });

  it("makes a shared avatar once, and tells of each as it comes", async () => {
    const { checkout, integration } = await workspace();
    const twin = { ...integration, name: "twin" };
    const told: string[] = [];
    const images = await makeAvatars({
      checkout,
      integrations: [integration, twin],
      onImage: (result) => told.push(result.integration),
    });
    expect(images).toHaveLength(1);
    expect(told).toEqual([integration.name]);
  });

  it("reports a logo that cannot be used, and goes on", async () => {
    const { checkout, integration, logo } = await workspace();
    writeFileSync(logo, `<svg ${SVG} viewBox="0 0 9 9"><script/></svg>`);
    const other = { ...integration, name: "other", logo: undefined, avatar: "other.png" };
    const images = await made(checkout, [integration, other]);
    expect(images.map(({ result }) => [result.status, result.reason])).toEqual([
      [
        "failed",
        expect.stringMatching(/^The logo cannot be used: it holds a <script> element\. \w.*\.$/),
      ],
      ["failed", `There is no logo at ${integration.expectedLogo}.`],
    ]);
    expect(images.every(({ change }) => change === undefined)).toBe(true);
  });

  it("draws a logo that is not square too, and says so", async () => {
    const { checkout, integration, logo, avatar } = await workspace();
    writeFileSync(logo, `<svg ${SVG} viewBox="0 0 9 5"><rect width="9" height="5"/></svg>`);
    expect((await made(checkout, [integration]))[0]?.result.status).toBe("written");
    rmSync(avatar);
    expect((await made(checkout, [integration]))[0]?.result).toMatchObject({
      status: "written",
      reason: "Warning: the logo is not square, it measures 9x5.",
    });
  });

  it("never reads a logo outside the tree", async () => {
    const { checkout, integration } = await workspace();
    const outside = { ...integration, logo: "../../../../etc/passwd" };
    const [image] = await made(checkout, [outside]);
    expect(image?.result.status).toBe("failed");
    expect(image?.result.reason).toContain("outside");
  });
});
