/** `list` as a user meets it. */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { caseTree, cleanTree } from "../lint/trees.ts";
import { cli } from "../support/cli.ts";

const images = "static/images/integrations";

describe("list", () => {
  it("prints a line for each integration, and the rest on stderr", async () => {
    const root = caseTree("registry-entry/rejected");
    const { exitCode, stdout, stderr } = await cli(["list"], { cwd: root });
    expect(exitCode).toBe(0);
    expect(stdout).toBe(
      "ferryboard   Ferry Board    0 fixtures  monitoring\n" +
        "lanternpost  LanternPost    2 fixtures  deployment\n",
    );
    expect(stderr).toBe(
      `2 integrations in ${root}\nFolders without a registry entry: quaycrane.\n`,
    );
  });

  it("prints the contract's JSON", async () => {
    const root = cleanTree();
    rmSync(join(root, images, "bot_avatars/lanternpost.png"));
    const { stdout } = await cli(["list", "--json"], { cwd: root });
    const { version, root: stated, integrations } = JSON.parse(stdout);
    expect({ version, stated }).toEqual({ version: 1, stated: root });
    expect(integrations).toHaveLength(2);
    expect(integrations[1]).toEqual({
      name: "lanternpost",
      displayName: "LanternPost",
      categories: ["deployment"],
      url: "api/v1/external/lanternpost",
      function: "zerver.webhooks.lanternpost.view.api_lanternpost_webhook",
      directory: "zerver/webhooks/lanternpost",
      fixtures: [
        "zerver/webhooks/lanternpost/fixtures/lamp_out.json",
        "zerver/webhooks/lanternpost/fixtures/lamp_repaired.json",
      ],
      doc: "zerver/webhooks/lanternpost/doc.md",
      logo: `${images}/logos/lanternpost.svg`,
      avatar: null,
      screenshots: [{ fixture: "lamp_out.json", image: `${images}/lanternpost/001.png` }],
    });
  });
});
