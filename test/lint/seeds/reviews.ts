/** Defects that reviewers of integrations ask authors to mend again and again. */
import { titleCase } from "../../../src/checkout/index.ts";
import { type BrokenTree, DoesNotApply } from "../broken-tree.ts";
import {
  type Apply,
  atEnd,
  imports,
  inDoc,
  inEntry,
  inTests,
  inView,
  type Seeds,
  type Text,
  withArgument,
  withTest,
} from "./places.ts";

/** A template that the view makes nothing of otherwise. */
const template = (text: string): Apply => atEnd(`EXTRA_TEMPLATE = ${text}`);

/** Only in trees that have a file, and where it says something. */
const where =
  (path: string, says: string, apply: Apply): Apply =>
  (tree) => {
    if (!tree.exists(path) || !tree.text(path).includes(says)) throw new DoesNotApply();
    apply(tree);
  };

const LINTER = "tools/linter_lib/custom_check.py";

/** Words put at the end of the last step that is written out. */
const inLastStep =
  (words: string): Text =>
  (text) =>
    text.replace(/(\n1\. (?!\{)[^\n]*(?:\n {3,4}[^\n]+)*)(?![\s\S]*\n1\. (?!\{))/, `$1 ${words}`);

/** The first bold name of a step that says what to click. */
const clicked = /(\b(?:[Cc]lick|[Ss]elect)(?: on)? )\*\*(\w+)\*\*/;

const fixtureCopy = (tree: BrokenTree): void => {
  const { path } = tree.fixture;
  tree.write(path.replace(/\.\w+$/, "__again$&"), tree.text(path));
};

export const reviewSeeds: Seeds = {
  "message-markdown": {
    "an open link": template('"[Details]({url} of {name}"'),
    "a blank within a link": template('"[Details] ({url}) of {name}"'),
    "open bold text": template('"**{name} is down"'),
    "bold within bold": template('"**The lamp **{name}** is out**"'),
    "a quote within a line": template('"{name}: ~~~ quote\\n{text}\\n~~~"'),
    "an open quote": template('"{name}:\\n~~~ quote\\n{text}"'),
    "two texts without a blank": template('(\n    "The lamp {name}"\n    "went out."\n)'),
    "no such emoji": where(
      "tools/setup/emoji/emoji_names.py",
      '"canonical_name"',
      template('":no_such_lamp: {name}"'),
    ),
  },
  "topic-plain": {
    "bold text": atEnd('TOPIC_TEMPLATE = "**{name}**"'),
    "a link": atEnd('TOPIC_TEMPLATE = "[{name}]({url})"'),
  },
  "unused-names": {
    "a constant": atEnd("EXTRA_LIMIT = 17"),
    "a function": atEnd("def extra_limit(lamps: int) -> int:\n    return lamps + 1"),
  },
  leftovers: {
    "a print in the view": inView((text) =>
      text.replace(/^( +)(return json_success\()/m, "$1print(user_profile)\n$1$2"),
    ),
    "a print in a test": inTests((text) =>
      text.replace(/^( +)(self\.check_webhook\()/m, "$1print(self.url)\n$1$2"),
    ),
  },
  "fixture-duplicate": { "a copy of a fixture": fixtureCopy },
  "pictures-used": {
    "a picture of before": (tree) =>
      tree.write(`${tree.checkout.dialect.imageRoot}/${tree.integration.name}/before.png`, "PNG"),
  },
  "registry-defaults": {
    "the name that it has anyway": (tree) => {
      const name = `display_name="${titleCase(tree.integration.name)}"`;
      tree.changeEntry((entry) =>
        /display_name=/.test(entry)
          ? entry.replace(/display_name="[^"]*"/, name)
          : withArgument(name)(entry),
      );
    },
  },
  "registry-arguments": {
    "an option that the view lacks": (tree) => {
      if (!/^class WebhookUrlOption\b/m.test(tree.text(tree.registry))) throw new DoesNotApply();
      const option =
        'url_options=[WebhookUrlOption(name="no_such", label="", validator=check_bool)]';
      tree.changeEntry((entry) =>
        entry.includes("url_options") ? entry : withArgument(option)(entry),
      );
    },
  },
  "name-spelling": {
    "a letter in the place of another": inEntry((entry) =>
      entry.replace(/display_name="(\w{3})([a-z])(\w{3,})"/, 'display_name="$1q$3"'),
    ),
  },
  "test-attributes": {
    "the name of another version": inTests((text) =>
      text.replace(/^( +)URL_TEMPLATE/m, '$1OLD_DIR_NAME = "old"\n$1URL_TEMPLATE'),
    ),
    "no API key": inTests((text) => text.replace(/[&?]api_key=\{api_key\}(?=")/, "")),
  },
  "test-asserts": {
    "one test under two names": inTests((text) =>
      text.replace(
        /^ {4}def (test_\w+)(\(self\) -> None:\n(?: {8}.*\n|\n(?= {8}))+)/m,
        "$&\n    def $1_again$2",
      ),
    ),
  },
  "test-override": {
    "no mark": where("pyproject.toml", '"explicit-override"', (tree) =>
      withTest(
        "def get_body(self, fixture_name: str) -> str:",
        '    return self.webhook_fixture_data("other", fixture_name, file_type="json")',
      )(tree),
    ),
  },
  "library-calls": {
    "an error without a word": (tree) => {
      const { unsupportedEvent } = tree.checkout.dialect.view.library;
      if (unsupportedEvent === undefined) throw new DoesNotApply();
      tree.change(tree.view, (text) =>
        text.includes(`import ${unsupportedEvent}\n`)
          ? text.replace(
              new RegExp(`raise ${unsupportedEvent}\\([^()]*\\)$`, "m"),
              `raise ${unsupportedEvent}`,
            )
          : text,
      );
    },
  },
  spelling: {
    "a misspelling on the page": inDoc(inLastStep("You recieve a message.")),
    "a word twice on the page": inDoc(inLastStep("That is the the end.")),
    "a misspelling in the view": template('"{name} has succesfully begun"'),
  },
  "tree-linter": {
    "github in small letters": where(
      LINTER,
      "spelled GitHub",
      inDoc(inLastStep("As on github too.")),
    ),
    "no comma after e.g.": where(
      LINTER,
      "missing comma after",
      inDoc(inLastStep("Such as e.g. lamps.")),
    ),
    "an error in plain English": where(
      LINTER,
      "Argument to JsonableError",
      inView(
        (text) =>
          `${imports("from zerver.lib.exceptions import JsonableError")(text)}\n\ndef fail() -> None:\n    raise JsonableError("No lamp")\n`,
      ),
    ),
  },
  "doc-style": {
    "a name in quotes": inDoc((text) => text.replace(clicked, '$1"$2"')),
    "a name as code": inDoc((text) => text.replace(clicked, "$1`$2`")),
    "a link called here": inDoc(inLastStep("See [here](https://example.com).")),
    "a blank in front of a comma": inDoc(inLastStep("Wait , then go on.")),
    "no full stop": inDoc(inLastStep("Then go on")),
    "an old word": (tree) => {
      const { macros } = tree.checkout.dialect.docs;
      if (!macros.has("create-channel") || macros.has("create-stream")) throw new DoesNotApply();
      inDoc(inLastStep("Name the stream."))(tree);
    },
  },
  "doc-steps": {
    "a channel that is chosen later": (tree) => {
      const url = "{!generate-webhook-url-basic.md!}";
      if (!tree.checkout.dialect.docs.macros.has("create-channel")) throw new DoesNotApply();
      inDoc((text) => text.replace(`1. ${url}`, `1. {!create-channel.md!}\n\n1. ${url}`))(tree);
    },
  },
  "doc-congrats": {
    "the same twice": inDoc((text) => text.replace("{!congrats.md!}", "$&\n\n$&")),
  },
  "doc-structure": {
    "a heading of its own": inDoc((text) =>
      text.replace(/^# .* integration$/m, "# Integration guide"),
    ),
  },
  "doc-picture": {
    "a second message": (tree) => {
      const [first, second] = tree.integration.screenshots;
      if (!first || second) throw new DoesNotApply();
      const other = first.imagePath.replace(/[^/]+$/, "002.png");
      inDoc((text) => text.replace(/^!\[\]\(.*001\.png\)$/m, `$&\n\n![](/${other})`))(tree);
    },
  },
  "doc-links": {
    "an address without a link": inDoc((text) => `${text}\n[lamps]: https://example.com\n`),
  },
};
