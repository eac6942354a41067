/** `show` as a user meets it. */
import { describe, expect, it } from "vitest";
import { caseTree, cleanTree } from "../lint/trees.ts";
import { cli } from "../support/cli.ts";

const images = "static/images/integrations";

describe("show", () => {
  it("prints the places and the checklist", async () => {
    const root = caseTree("avatar-file/rejected");
    const { exitCode, stdout, stderr } = await cli(["show", "lanternpost"], { cwd: root });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(stdout).toBe(
      [
        "LanternPost (lanternpost)",
        "  categories  deployment",
        "  stream      lanternpost",
        "  URL         /api/v1/external/lanternpost",
        "  registry    zerver/lib/integrations.py:49",
        "  view        zerver/webhooks/lanternpost/view.py  api_lanternpost_webhook",
        "  tests       zerver/webhooks/lanternpost/tests.py",
        "  fixtures    2 in zerver/webhooks/lanternpost/fixtures",
        "  doc         zerver/webhooks/lanternpost/doc.md",
        `  logo        ${images}/logos/lanternpost.svg`,
        `  avatar      ${images}/bot_avatars/lanternpost.png (missing)`,
        `  picture     ${images}/lanternpost/001.png  from lamp_out.json`,
        "",
        "Checklist",
        "  ✓ registry",
        "  ✓ package",
        "  ✓ view",
        "  ✓ tests",
        "  ✓ fixtures",
        "  ✓ logo",
        "  ✗ avatar",
        "      The bot has no avatar.",
        "      Run `connect-webhook avatar lanternpost`.",
        "  ✓ screenshot",
        "  ✓ documentation",
        "",
      ].join("\n"),
    );
  });

  it("prints the same as JSON", async () => {
    const { stdout } = await cli(["show", "ferryboard", "--json"], { cwd: cleanTree() });
    const shown = JSON.parse(stdout);
    expect(shown).toMatchObject({
      version: 1,
      name: "ferryboard",
      view: "zerver/webhooks/ferryboard/view.py",
      registry: { path: "zerver/lib/integrations.py", line: 48 },
      screenshots: [],
    });
    expect(shown.checklist).toContainEqual({ part: "tests", done: true, problems: [] });
  });

  it("says that the registry states that there is no picture", async () => {
    const { stdout } = await cli(["show", "ferryboard"], { cwd: cleanTree() });
    expect(stdout).toContain("  picture     none, as the registry says\n");
  });

  it("needs a name, and one that is there", async () => {
    const root = cleanTree();
    expect((await cli(["show"], { cwd: root })).exitCode).toBe(2);
    const { exitCode, stderr } = await cli(["show", "ferrybord"], { cwd: root });
    expect(exitCode).toBe(2);
    expect(stderr).toContain("Did you mean ferryboard?");
  });
});
