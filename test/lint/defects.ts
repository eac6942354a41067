/**
 * Ways to break an integration, as reviewers meet them, each with the rule that has to say so. They find their places
 * in any integration's own files; one that has nothing to break there throws `DoesNotApply`.
 */
import { crc32 } from "../../src/host/checksum.ts";
import { placeholderLogo } from "../../src/image/placeholder.ts";
import { stamped } from "../../src/image/stamp.ts";
import { type BrokenTree, DoesNotApply } from "./broken-tree.ts";
import {
  type Apply,
  inDoc,
  inEntry,
  inFixture,
  inTests,
  inView,
  type Text,
  withArgument,
  withKey,
  writes,
} from "./seeds/places.ts";
import { restSeeds } from "./seeds/rest.ts";
import { reviewSeeds } from "./seeds/reviews.ts";
import { testSeeds } from "./seeds/tests.ts";
import { viewSeeds } from "./seeds/view.ts";

export interface Defect {
  /** Where either of two rules may say so, both, with a bar between them. */
  readonly rule: string;
  readonly what: string;
  /** True when `--fix` has to make it right. */
  readonly fixable: boolean;
  readonly apply: (tree: BrokenTree) => void;
}

const asLogo =
  (content: string | Uint8Array): Apply =>
  (tree) => {
    if (!tree.logo.endsWith(".svg")) throw new DoesNotApply();
    tree.write(tree.logo, content);
  };
const inLogo =
  (by: Text): Apply =>
  (tree) => {
    if (!tree.logo.endsWith(".svg")) throw new DoesNotApply();
    tree.change(tree.logo, by);
  };
/** The decorator's call, from `webhook_view(` on. */
const decorator = /@webhook_view\(\s*"([^"]*)"/;
/** The event type that a view sends along, where it is a variable. */
const lastArgument = /(check_send_webhook_message\((?:[^()]|\([^()]*\))*,\s*)\w+(,?\s*\))/;
const firstWord =
  (line: string): Text =>
  (text) =>
    text.replace(/^(1\.\s+)(?!\{)/m, line);

/** An event type put in front of the ones that the view lists by hand. */
const listed =
  (event: string): Text =>
  (text) =>
    text.replace(/^([A-Z_]*EVENT[A-Z_]* *(?::[^=]*)?= *\[)/m, `$1"${event}", `);

/** An event type put in front of the ones that the view's table has. */
const tabled =
  (event: string): Text =>
  (text) =>
    text.replace(
      /^(\w+ *(?::[^=]*)?= *\{\n)( +)"([\w.]+)": (\w+)/m,
      `$1$2"${event}": $4,\n$2"$3": $4`,
    );

/** The names that the product has in the trees. */
const product = /\b(Connect|Zulip)\b/g;

/** Changes the first paragraph that is no heading. */
const inOpening =
  (change: Text): Text =>
  (text) => {
    const paragraphs = text.split("\n\n");
    const first = paragraphs.findIndex((paragraph) => !paragraph.startsWith("#"));
    return paragraphs.map((one, index) => (index === first ? change(one) : one)).join("\n\n");
  };

function svg(size: string, inside = ""): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size}"><path d="M0 0h9v9z"/>${inside}</svg>`;
}

/** A PNG that says it has another size. */
function sized(png: Buffer, width: number): Buffer {
  const other = Buffer.from(png);
  other.writeUInt32BE(width, 16);
  other.writeUInt32BE(crc32(other.subarray(12, 29)), 29);
  return other;
}

const table: Record<string, Record<string, Apply>> = {
  "registry-entry": { "the entry is gone": (tree) => tree.removeEntry() },
  "registry-directory": { "the folder is gone": (tree) => tree.remove(tree.folder) },
  "registry-category": {
    "a misspelt category": inEntry((entry) => entry.replace(/\["(\w)/, '["x$1')),
    "no category": inEntry((entry) => entry.replace(/\["[^\]]*\]/, "[]")),
  },
  "registry-unique": {
    "the entry stands there twice": inEntry((entry) => `${entry},\n    ${entry}`),
  },
  "package-empty": { "code in __init__.py": writes("__init__.py", "EVENTS = []\n") },
  "stray-files": {
    "what a merge left": writes("tests.py.rej", "@@\n"),
    "a backup of the view": writes("view.py.bak", "x = 1\n"),
    "an archive of payloads": writes("fixtures/payloads.zip", "PK"),
    "a huge file": writes("fixtures/all.txt", "x".repeat(1_100_000)),
  },
  "python-syntax": {
    "an open bracket in the view": inView((text) => `${text}\nEVENTS = (\n`),
    "a stray indent in the tests": inTests((text) => text.replace(/^from /m, "  from ")),
    "a null byte in the view": inView((text) => `${text}# \0\n`),
    "half a merge in the view": inView((text) => text.replace(/^def /m, "<<<<<<< HEAD\ndef ")),
  },
  "view-file": { "no view": (tree) => tree.remove(tree.view) },
  "view-function": {
    "a misspelt view": inView((text) => text.replace(/def api_(\w+)_webhook/, "def api_$1_webhok")),
    "another function in the registry": (tree) => {
      const place = `zerver.webhooks.${tree.integration.directoryName}.view.api`;
      tree.changeEntry((entry) =>
        /function=/.test(entry) ? entry : withArgument(`function="${place}"`)(entry),
      );
    },
  },
  "view-decorator": {
    "no decorator": inView((text) => text.replace(/@webhook_view\([\s\S]*?\)\n(?=@|def )/, "")),
    "no client name": inView((text) => text.replace(decorator, "@webhook_view(")),
  },
  "consistent-names": {
    "another client name": inView((text) => text.replace(decorator, '@webhook_view("Somebody"')),
  },
  "name-spelling": {
    "other capitals": inView((text) =>
      text.replace(decorator, (call, name: string) => {
        const last = name.slice(-1);
        const other = last === last.toUpperCase() ? last.toLowerCase() : last.toUpperCase();
        return call.replace(name, name.slice(0, -1) + other);
      }),
    ),
  },
  "event-declared": {
    "no event is declared": inView((text) => text.replace(/,\s*all_event_types=[\w.()]+,?/, "")),
    "an event that is not declared": inView((text) =>
      text.includes("all_event_types=") ? text.replace(lastArgument, '$1"berth_freed"$2') : text,
    ),
  },
  "event-used": { "an event that nothing sends": inView(byHand(listed("berth_freed"))) },
  "event-tested": {
    "an event without a test": inView((text) =>
      listed("berth_freed")(text) === text
        ? tabled("berth_freed")(text)
        : listed("berth_freed")(text),
    ),
  },
  "payload-validated": {
    "a payload as it comes": inView((text) =>
      text.replace("JsonBodyPayload[WildValue]", "JsonBodyPayload[dict[str, object]]"),
    ),
    "the body parsed by hand": inView(
      (text) =>
        `${text}\n\ndef read(request: HttpRequest) -> object:\n    return json.loads(request.body)\n`,
    ),
  },
  "message-care": {
    "a log between backticks": inView(
      (text) => `${text}\n\nLOG = "\`\`\` text\\n{log}\\n\`\`\`"\n`,
    ),
    "a mention of whoever it is": inView(
      (text) => `${text}\n\nCALL = "@**{approver}** has to approve"\n`,
    ),
  },
  "topic-stable": {
    "a commit in the topic": inView((text) => `${text}\n\nTOPIC_TEMPLATE = "{project} {sha}"\n`),
  },
  "foreign-import": {
    "another integration's function": inView((text) =>
      text.replace(
        /^from zerver\.models/m,
        "from zerver.webhooks.helloworld.view import get_body\nfrom zerver.models",
      ),
    ),
  },
  ruff: {
    "an unused import": inView((text) => `import os\n${text}`),
    "a name that is not there": inTests((text) => `${text}\n\nLIMIT = 2 * undefined_limit\n`),
  },
  "tests-file": { "no tests": (tree) => tree.remove(tree.tests) },
  "test-class": {
    "another base": inTests((text) => text.replaceAll("(WebhookTestCase)", "(object)")),
    "no test methods": inTests((text) => text.replaceAll("def test_", "def check_")),
  },
  "test-attributes": {
    "the URL of another integration": inTests((text) =>
      text.replace(/external\/\w+/, "external/somewhere"),
    ),
    "the folder of another integration": inTests((text) =>
      text.replace(/(_DIR_NAME = )"\w+"/, '$1"somewhere"'),
    ),
    "a view that is not there": inTests((text) =>
      text.replace(/^( +)(URL_TEMPLATE =)/m, '$1VIEW_FUNCTION_NAME = "api_view"\n$1$2'),
    ),
  },
  "test-class-name": {
    "another class name": inTests((text) =>
      text.replace(/class \w+\(WebhookTestCase\)/, "class TestIt(WebhookTestCase)"),
    ),
  },
  "topic-length": {
    "a topic that is cut": inTests(
      (text) =>
        `${text.trimEnd()}\n\n    def test_long(self) -> None:\n        self.check_webhook("x", "${"harbour ".repeat(7)}b...")\n`,
    ),
  },
  "fixture-exists": {
    "a fixture is gone": (tree) => tree.remove(tree.fixture.path),
    "a misspelt fixture": (tree) =>
      tree.change(tree.tests, (text) =>
        text.replaceAll(`"${tree.fixture.name}"`, `"${tree.fixture.name}s"`),
      ),
    "a renamed fixture": (tree) =>
      tree.rename(tree.fixture.path, tree.fixture.path.replace(/\.json$/, "_2.json")),
  },
  "fixture-link": {
    "a link to nowhere": (tree) =>
      tree.link(`${tree.folder}/fixtures/linked.json`, "../../nowhere/fixtures/a.json"),
  },
  "fixture-encoding": {
    "Latin-1": (tree) => tree.write(tree.fixture.path, Buffer.from('{"actor": "Zoë"}', "latin1")),
    "a byte order mark": inFixture((text) => `\uFEFF${text}`),
  },
  "fixture-format": {
    "no line break at the end": inFixture((text) => text.trimEnd()),
    "blanks at the end of a line": inFixture((text) => text.replace("\n", " \t\n")),
  },
  "fixtures-valid": {
    "a torn fixture": inFixture((text) => text.trimEnd().slice(0, -1)),
    "an empty fixture": inFixture(() => ""),
    "a comma too many": inFixture((text) => text.replace(/\}\s*$/, ",}\n")),
    "an XML fixture that is torn": writes("fixtures/berth.xml", "<berth><state>free</berth>\n"),
  },
  "fixtures-used": {
    "a fixture without a test": writes("fixtures/berth_freed.json", "{}\n"),
  },
  "fixture-name": {
    "a name that says nothing": (tree) =>
      tree.rename(tree.fixture.path, `${tree.folder}/fixtures/payload1.json`),
  },
  "fixture-headers": {
    "the event of a fixture is not declared": inView((text) =>
      text.includes("fixture_to_headers") ? listedLess(text) : text,
    ),
    "no headers from names": inView((text) => text.replace(/^fixture_to_headers = .*\n/m, "")),
  },
  "fixture-secrets": {
    "a GitHub token": withKey("token", `ghp_${"Ab3".repeat(12)}`),
    "a private key": withKey("key", "-----BEGIN PRIVATE KEY-----"),
    "a Slack webhook": withKey(
      "url",
      `https://hooks.slack.com/services/T0${"A1".repeat(4)}/B0${"C2".repeat(4)}/${"dE3".repeat(8)}`,
    ),
    "an AWS key": withKey("aws", `AKIA${"Z9".repeat(8)}`),
    "a password in a URL": withKey("git", "https://ada:hunter22@git.harbourline.dev/x.git"),
  },
  "fixture-people": { "a mail address": withKey("mail", "ada.quay@harbourline.dev") },
  "logo-file": {
    "no logo": (tree) => tree.remove(tree.logo),
    "a misspelt logo in the registry": inEntry((entry) =>
      /logo=/.test(entry)
        ? entry
        : withArgument('logo="images/integrations/logos/nowhere.svg"')(entry),
    ),
  },
  "logo-safe": {
    "a script": inLogo((text) => text.replace(/<\/svg>\s*$/, "<script>alert(1)</script></svg>")),
    "a picture from elsewhere": inLogo((text) =>
      text.replace(/<\/svg>\s*$/, '<image href="https://harbourline.dev/a.png"/></svg>'),
    ),
    "a handler": inLogo((text) => text.replace(/<svg/, '<svg onload="go()"')),
    "no SVG at all": asLogo("Harbourline"),
  },
  "logo-square": { "a wide logo": asLogo(svg("90 40")) },
  "logo-placeholder": { "the placeholder": asLogo(placeholderLogo("harbourline", "Harbourline")) },
  "image-size": {
    "an editor's data in the logo": inLogo((text) =>
      text.replace(/<\/svg>\s*$/, "<metadata>by hand</metadata></svg>"),
    ),
    "a bloated logo": inLogo((text) =>
      text.replace(/<\/svg>\s*$/, `<!-- ${"layer ".repeat(900)}--></svg>`),
    ),
  },
  "avatar-file": { "no avatar": (tree) => tree.remove(tree.avatar) },
  "avatar-size": {
    "a torn avatar": (tree) => tree.write(tree.avatar, tree.bytes(tree.avatar).subarray(0, 60)),
    "the logo as avatar": (tree) => tree.write(tree.avatar, tree.bytes(tree.logo)),
    "an avatar of another size": (tree) =>
      tree.write(tree.avatar, sized(tree.bytes(tree.avatar), 128)),
  },
  "avatar-fresh": {
    "another mark in the logo": asLogo(svg("40 40", '<path d="M0 0h40v40H0z" fill="#c02080"/>')),
  },
  "screenshot-entry": {
    "no screenshot entry": (tree) => {
      const key = `"${tree.integration.name}": [`;
      if (!tree.text(tree.registry).includes(`    ${key}`)) throw new DoesNotApply();
      tree.change(tree.registry, (text) => text.replace(`    ${key}`, `    "not-${key.slice(1)}`));
    },
  },
  "screenshot-fixture": {
    "a misspelt fixture": (tree) =>
      tree.changePicture((entry) => entry.replace(/(\(\s*"[\w-]+)\.json"/, '$1s.json"')),
  },
  "screenshot-parameters": {
    "a parameter that the entry does not give": inView((text) =>
      text.replace(/^( +)\*,\n/m, "$&$1unheard_of: str,\n"),
    ),
  },
  "screenshot-image": {
    "no picture": (tree) => tree.remove(tree.picture.path),
    "another picture's name": (tree) =>
      tree.changePicture((entry) =>
        withArgument('image_name="009.png"')(entry.replace(/,\s*(image_name=)?"\d+\.png"/, "")),
      ),
  },
  "screenshot-size": {
    "another width": (tree) =>
      tree.write(tree.picture.path, sized(tree.bytes(tree.picture.path), 1111)),
    "no picture that can be read": (tree) =>
      tree.write(tree.picture.path, tree.bytes(tree.picture.path).subarray(0, 900)),
  },
  "screenshot-fresh": {
    "drawn from another fixture": (tree) => {
      const none = "0".repeat(32);
      const stamp = { data: none, form: none, inputs: none, page: none, pixels: none };
      tree.write(tree.picture.path, stamped(tree.bytes(tree.picture.path), stamp));
    },
  },
  "doc-file": { "no page": (tree) => tree.remove(tree.doc) },
  "doc-format": {
    "trailing blanks": inDoc((text) => text.replace(/(\S)\n/, "$1  \n")),
    "a tab": inDoc((text) => text.replace(/\n\n1\. +/, "\n\n1.\t")),
    "no last line break": inDoc((text) => text.trimEnd()),
    "blank lines at the end": inDoc((text) => `${text}\n\n`),
    "a blank first line": inDoc((text) => `\n${text}`),
  },
  "doc-includes": {
    "a misspelt macro": inDoc((text) => text.replace("congrats.md", "congrat.md")),
  },
  "doc-images": {
    "a picture that is not there": inDoc((text) =>
      text.replace(
        "{!congrats.md!}",
        "![](/static/images/integrations/harbour.png)\n\n{!congrats.md!}",
      ),
    ),
  },
  "doc-links": {
    "a help page that is not there": (tree) => {
      tree.there("help");
      tree.change(tree.doc, (text) =>
        text.replace(
          "{!congrats.md!}",
          "See [the harbour](/help/harbour-pilots).\n\n{!congrats.md!}",
        ),
      );
    },
  },
  "doc-todo": {
    "a step that is left to write": (tree) =>
      tree.change(tree.doc, (text) => text.replace(/^1\. In .*$/m, "1. TODO: open the settings.")),
  },
  "doc-https": {
    "plain http": inDoc((text) =>
      text.replace(
        "{!congrats.md!}",
        "See [the harbour](http://harbourline.dev/).\n\n{!congrats.md!}",
      ),
    ),
  },
  "doc-structure": {
    "a heading where there is none, or none where there is one": (tree) =>
      tree.change(tree.doc, (text) =>
        text.startsWith("# ") ? text.replace(/^# .*\n+/, "") : `## ${text}`,
      ),
    "no tabs": inDoc((text) => text.replace("{start_tabs}\n\n", "")),
    "nothing related": inDoc((text) => text.replace("### Related documentation", "### More")),
  },
  "doc-product": {
    "another product": (tree) => {
      if (tree.checkout.dialect.docs.productName === "Zulip") throw new DoesNotApply();
      tree.change(tree.doc, (text) =>
        text.replace("{!congrats.md!}", "Zulip shows the messages.\n\n{!congrats.md!}"),
      );
    },
    "an opening without the product": inDoc(inOpening((text) => text.replace(product, "chat"))),
  },
  "doc-steps": {
    "another first step": inDoc((text) =>
      text.replace(/1\. \{!create-(stream|channel|an-incoming-webhook)\.md!\}\n\n/, ""),
    ),
    "counted steps": inDoc((text) => text.replace(/(\n1\. [\s\S]*?)\n1\. (?!\{)/, "$1\n2. ")),
  },
  "doc-congrats": {
    "no congratulations": inDoc((text) => text.replace("{!congrats.md!}\n\n", "")),
  },
  "doc-picture": {
    "no picture": inDoc((text) => text.replace(/!\[\]\(.*\n\n?/, "")),
    "a described picture": inDoc((text) => text.replace("![](", "![A message](")),
  },
  "doc-events": {
    "no word about filters": inDoc((text) =>
      text.replace(/\{!event-filtering-additional-feature\.md!\}\n\n/, ""),
    ),
  },
  "doc-vendor": {
    "another spelling": (tree) => {
      const { displayName } = tree.integration;
      tree.change(tree.doc, (text) => text.replaceAll(displayName, displayName.toUpperCase()));
    },
  },
  "doc-style": {
    "a counted sentence": inDoc(firstWord("$1Next, ")),
    "a plea": inDoc(firstWord("$1Please ")),
  },
  "package-file": { "no __init__.py": (tree) => tree.remove(`${tree.folder}/__init__.py`) },
};

/** What `--fix` has one right answer for. */
const fixable =
  /^(package-file|avatar-\w+|doc-format|fixture-format|fixture-encoding: a byte|doc-steps: counted)/;

/** Only where the code names each event, and does not pass on whatever is in the list. */
function byHand(change: Text): Text {
  return (text) => (/\bin [A-Z_]*EVENT/.test(text) ? text : change(text));
}

/** The last of the event types that the view lists by hand is taken out of the list. */
function listedLess(text: string): string {
  return text.replace(
    /^([A-Z_]*EVENT[A-Z_]* *(?::[^=]*)?= *\[[\s\S]*?,?)\s*"[\w.: -]+",?\s*\]/m,
    "$1\n]",
  );
}

export const defects: readonly Defect[] = [table, viewSeeds, testSeeds, restSeeds, reviewSeeds]
  .flatMap((seeds) => Object.entries(seeds))
  .flatMap(([rule, ways]) =>
    Object.entries(ways).map(([what, apply]) => ({
      rule,
      what,
      fixable: fixable.test(`${rule}: ${what}`),
      apply,
    })),
  );
