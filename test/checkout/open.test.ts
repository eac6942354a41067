import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openCheckout } from "../../src/checkout/index.ts";
import type { Integration } from "../../src/checkout/model.ts";
import { positionOf } from "../../src/python/source.ts";
import { caseFile, makeTree } from "./tree.ts";

/** A registry whose constructor takes its arguments in an unusual order. */
const registry = `from dataclasses import dataclass, field

LOGO = "images/integrations/logos/tree.png"
META_CATEGORY = {"bots": lazy("Bots")}
CATEGORIES = {**META_CATEGORY, "monitoring": lazy("Monitoring"), "misc": "Misc"}


class Integration:
    DEFAULT_LOGO_STATIC_PATH_SVG = "images/emblems/{name}.svg"
    DEFAULT_LOGO_STATIC_PATH_PNG = "images/emblems/{name}.png"
    DEFAULT_BOT_AVATAR_PATH = "images/faces/{name}.png"

    def __init__(self, name, client_name): ...


class BotIntegration(Integration):
    pass


class WebhookIntegration(Integration):
    DEFAULT_FUNCTION_PATH = "zerver.webhooks.{name}.view.handle_{name}"
    DEFAULT_URL = "api/v2/in/{name}"
    DEFAULT_CLIENT_NAME = "Tree{name}Hook"
    DEFAULT_DOC_PATH = "{name}/doc.{ext}"

    def __init__(self, name, categories, logo=None, display_name=None, *, function=None, url=None,
                 doc=None, stream_name=None, legacy=False, dir_name=None, client_name=None): ...


class OddIntegration(WebhookIntegration):
    def __init__(self, categories, name): ...


@dataclass
class BaseShot:
    fixture_name: str
    image_name: str = "100.png"
    image_dir: str = None


@dataclass
class Shot(BaseShot):
    bot_name: str = None
    use_basic_auth: bool = True
    extra_params: dict = field(default_factory=dict)


def get_fixture_and_image_paths(integration, config):
    return os.path.join("static/images/pictures", config.image_dir)


WEBHOOK_INTEGRATIONS = [
    WebhookIntegration("cedar", ["monitoring"]),
    WebhookIntegration("fir_2", ["misc", "bots"], LOGO, "Fir Two", legacy=True),
    WebhookIntegration(
        categories=["misc"],
        name="firsponsors",
        function="zerver.webhooks.fir_2.view.handle_sponsors",
        doc="zerver/integrations/fir.md",
        stream_name="forest",
        url="api/v2/other",
        client_name="Sponsors",
    ),
    OddIntegration(["misc"], "oak"),
    WebhookIntegration("pine", ["misc"], dir_name="cedar"),
]

EMBEDDED_BOTS = [BotIntegration("cedar_helper", "x")]
BOT_INTEGRATIONS = [BotIntegration("willow", "x")]
INTEGRATIONS = {"big-tree": Integration("big-tree", "x"), **{}}

for bot in BOT_INTEGRATIONS:
    INTEGRATIONS[bot.name] = bot

NO_SCREENSHOT_WEBHOOKS = {"oak"} 
NO_SCREENSHOT_EXTRA = {*NO_SCREENSHOT_WEBHOOKS, "pine"}

DOC_SCREENSHOT_CONFIG = {
    "cedar": [Shot("a.json"), Shot("b.json", "007.svg", "wood", "Cedar Bot", False)],
    "fir_2": [Shot("", extra_params={"a": "b"})],
}
`;

function treeFiles(): Record<string, string> {
  return {
    "static/images/emblems/cedar.png": "",
    "static/images/emblems/oak.svg": "<svg/>",
    "static/images/emblems/oak.png": "",
    "zerver/webhooks/cedar/view.py": "",
    "zerver/webhooks/fir_2/view.py": "",
    "zerver/webhooks/lonely/fixtures/a.json": "{}",
    "zerver/webhooks/__pycache__/x.pyc": "",
    "zerver/webhooks/__init__.py": "",
  };
}

async function integrations(): Promise<Record<string, Integration>> {
  const checkout = await openCheckout(makeTree(registry, treeFiles()));
  return Object.fromEntries(checkout.integrations.map((one) => [one.name, one]));
}

describe("openCheckout", () => {
  it("fills in the tree's own defaults", async () => {
    const { cedar } = await integrations();
    expect(cedar).toMatchObject({
      displayName: "Cedar",
      clientName: "TreeCedarHook",
      categories: ["monitoring"],
      streamName: "cedar",
      legacy: false,
      url: "api/v2/in/cedar",
      functionPath: "zerver.webhooks.cedar.view.handle_cedar",
      functionName: "handle_cedar",
      viewModule: "zerver.webhooks.cedar.view",
      directory: "zerver/webhooks/cedar",
      initFile: "zerver/webhooks/cedar/__init__.py",
      testsFile: "zerver/webhooks/cedar/tests.py",
      docFile: "zerver/webhooks/cedar/doc.md",
      fixturesDirectory: "zerver/webhooks/cedar/fixtures",
      logo: "static/images/emblems/cedar.png",
      expectedLogo: "static/images/emblems/cedar.png",
      avatar: "static/images/faces/cedar.png",
    });
  });

  it("takes arguments by the order of the tree's constructor, and module constants for what they are", async () => {
    const { fir_2, oak } = await integrations();
    expect(fir_2).toMatchObject({
      displayName: "Fir Two",
      clientName: "TreeFir_2Hook",
      categories: ["misc", "bots"],
      legacy: true,
      logo: "static/images/integrations/logos/tree.png",
      avatar: "static/images/faces/tree.png",
    });
    // A subclass with a constructor of its own, and an SVG beside a PNG.
    expect(oak).toMatchObject({ categories: ["misc"], logo: "static/images/emblems/oak.svg" });
  });

  it("finds integrations that live in another one's folder", async () => {
    const { firsponsors, pine } = await integrations();
    expect(firsponsors).toMatchObject({
      directoryName: "fir_2",
      functionName: "handle_sponsors",
      docFile: "templates/zerver/integrations/fir.md",
      streamName: "forest",
      url: "api/v2/other",
      clientName: "Sponsors",
      logo: undefined,
      expectedLogo: "static/images/emblems/firsponsors.svg",
      avatar: "static/images/faces/firsponsors.png",
    });
    expect(pine).toMatchObject({ directory: "zerver/webhooks/cedar" });
  });

  it("reads screenshot configs by the dataclass's own fields", async () => {
    const { cedar, fir_2, oak, pine } = await integrations();
    expect(cedar?.screenshots).toMatchObject([
      {
        fixture: "a.json",
        imageName: "100.png",
        imageDir: "cedar",
        imagePath: "static/images/pictures/cedar/100.png",
        botName: undefined,
        useBasicAuth: true,
        payloadAsQueryParam: false,
        payloadParamName: "payload",
      },
      {
        imageName: "007.svg",
        imagePath: "static/images/pictures/wood/007.svg",
        botName: "Cedar Bot",
        useBasicAuth: false,
      },
    ]);
    expect(fir_2?.screenshots).toMatchObject([{ fixture: "", extraParams: { a: "b" } }]);
    expect([oak?.noScreenshot, pine?.noScreenshot, cedar?.noScreenshot]).toEqual([
      true,
      true,
      false,
    ]);
  });

  it("knows where entries stand", async () => {
    const { fir_2, cedar } = await integrations();
    expect(registry.slice(fir_2?.range.from, fir_2?.range.to)).toMatch(/^Webhook.*legacy=True\)$/);
    expect(fir_2?.line).toBe(positionOf(registry, registry.indexOf('"fir_2"')).line);
    const shot = cedar?.screenshots[1];
    expect(registry.slice(shot?.range.from, shot?.range.to)).toMatch(/^Shot\("b.json".*False\)$/);
  });

  it("knows the other names, the categories and the orphans", async () => {
    const checkout = await openCheckout(makeTree(registry, treeFiles()));
    expect([...checkout.otherNames].sort()).toEqual(["big-tree", "willow"]);
    expect(checkout.categories).toEqual([
      { key: "bots", label: "Bots", meta: true },
      { key: "monitoring", label: "Monitoring", meta: false },
      { key: "misc", label: "Misc", meta: false },
    ]);
    expect(checkout.orphans).toEqual(["lonely"]);
    expect(checkout.kind).toBe("checkout");
    expect(checkout.registrySource).toBe(registry);
  });

  it("reads configs that stand on the entry", async () => {
    const checkout = await openCheckout(makeTree(caseFile("inline", "before.py")));
    const [appletree, birch, fir] = checkout.integrations;
    expect(appletree?.screenshots).toMatchObject([{ fixture: "picked.json", channel: "orchard" }]);
    expect(birch?.screenshots.map((one) => one.imageName)).toEqual(["001.png", "002.png"]);
    expect(fir).toMatchObject({ screenshots: [], noScreenshot: true });
    expect(checkout.noScreenshotNames).toEqual(new Set(["fir", "email", "oak"]));
  });

  it("fills a folder's name into defaults that ask for it", async () => {
    const text = caseFile("inline", "before.py").replace(
      '"fir", ["project-management"]',
      '"fir", ["project-management"], dir_name="birch"',
    );
    const [, , fir] = (await openCheckout(makeTree(text))).integrations;
    expect(fir).toMatchObject({
      functionPath: "zerver.webhooks.birch.view.api_birch_webhook",
      directory: "zerver/webhooks/birch",
      docFile: "zerver/webhooks/fir/doc.md",
      url: "api/v1/external/fir",
    });
  });
});

describe("a registry that is not understood", () => {
  const plain = caseFile("dict-sorted", "before.py");
  const entry = '    WebhookIntegration("willow", ["monitoring"]),\n';
  const line = positionOf(plain, plain.indexOf(entry)).line;

  it.each([
    ["a name that is computed", entry.replace('"willow"', '"wil" + LOW'), /name of this entry/],
    [
      "categories that are computed",
      entry.replace('["monitoring"]', "pick()"),
      /categories of this entry/,
    ],
    ["an entry of another kind", "    make_entry(),\n", /not a plain WebhookIntegration/],
    ["unpacked entries", "    *more(),\n", /not a plain WebhookIntegration/],
    ["a logo that is computed", entry.replace("),\n", ", logo=pick()),\n"), /logo of willow/],
    [
      "a folder elsewhere",
      entry.replace("),\n", ', dir_name="../x"),\n'),
      /dir_name of willow leads out/,
    ],
    [
      "a document elsewhere",
      entry.replace("),\n", ', doc="/etc/x"),\n'),
      /doc of willow leads out/,
    ],
    ["a name with a path", entry.replace("willow", "a/../../b"), /name of this entry leads out/],
    ["broken Python", entry.replace("]),", "),"), /expected `\]`, found `\)`/],
  ])("%s: the message names the line", async (_, changed, message) => {
    const root = makeTree(plain.replace(entry, changed));
    await expect(openCheckout(root)).rejects.toMatchObject({
      code: "registry-not-understood",
      exitCode: 2,
      message: expect.stringMatching(message),
      hint: expect.stringMatching(/./),
    });
    await expect(openCheckout(root)).rejects.toThrow(`zerver/lib/integrations.py, line ${line}:`);
  });

  it("refuses bytes that are not UTF-8", async () => {
    const root = makeTree(plain);
    writeFileSync(join(root, "zerver/lib/integrations.py"), Buffer.from([0x23, 0xff, 0x0a]));
    await expect(openCheckout(root)).rejects.toThrow(/not UTF-8/);
  });

  it("refuses a picture outside the image folder", async () => {
    const root = makeTree(plain.replace('"built.json", "002.png"', '"built.json", "../../x.png"'));
    await expect(openCheckout(root)).rejects.toThrow(/image_name of birch's picture leads out/);
  });

  it.each([
    ["", /no class for webhook integrations/],
    [
      plain.replaceAll("WEBHOOK_INTEGRATIONS", "HOOKS").replace(/HOOKS: .*= \[[\s\S]*?\n\]/, ""),
      /no list of/,
    ],
  ])("says what it looked for", async (text, message) => {
    await expect(openCheckout(makeTree(text))).rejects.toThrow(message);
  });
});
