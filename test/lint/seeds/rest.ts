/** Defects of documentation pages, logos and registry entries. */
import { DoesNotApply } from "../broken-tree.ts";
import {
  type Apply,
  another,
  inDoc,
  inEntry,
  type Seeds,
  type Text,
  withArgument,
} from "./places.ts";

/** Puts something in front of the congratulations. */
const before =
  (text: string): Text =>
  (page) =>
    page.replace("{!congrats.md!}", () => `${text}\n\n{!congrats.md!}`);

/** The last step that is written out, with the blank line in front of it. */
const lastStep = /\n\n1\. (?!\{)(?![\s\S]*\n\n1\. )/;

/** Puts a block in front of the last step. */
const inSteps = (block: string): Apply =>
  inDoc((text) => text.replace(lastStep, (step) => `\n\n${block}${step}`));

const asLogo =
  (content: string): Apply =>
  (tree) => {
    if (!tree.logo.endsWith(".svg")) throw new DoesNotApply();
    tree.write(tree.logo, content);
  };

const svg = (inside: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">${inside}</svg>\n`;

/** A PNG of one pixel. */
const pixel =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

/** Names another integration of the tree. */
const naming =
  (by: (name: string, displayName: string) => Text): Apply =>
  (tree) => {
    const { name, displayName } = another(tree);
    tree.change(tree.doc, by(name, displayName));
  };

const urlMacro =
  /1\. \{!(create-bot-construct-url|generate-webhook-url-\w[\w-]*|generate-integration-url)\.md!\}\n\n/;

export const restSeeds: Seeds = {
  "doc-own": {
    "another integration's heading": naming(
      (_, other) => (text) => text.replace(/^# (\w+) .* integration/, `# $1 ${other} integration`),
    ),
    "another integration's opening": (tree) => {
      const other = another(tree).displayName;
      const own = tree.integration.displayName;
      tree.change(tree.doc, (text) => {
        const end = text.search(/^(?:\{start_tabs\}|1\. )/m);
        const opening = text.slice(0, end);
        return opening.includes(own) ? opening.replaceAll(own, other) + text.slice(end) : text;
      });
    },
    "another integration's name everywhere": (tree) => {
      const other = another(tree).displayName;
      tree.change(tree.doc, (text) => text.replaceAll(tree.integration.displayName, other));
    },
    "another integration's URL": naming((name) =>
      before(`The URL is \`{{ api_url }}/v1/external/${name}?api_key=…\`.`),
    ),
    "another integration's URL in a step": naming(
      (name) => (text) =>
        text.replace(
          lastStep,
          (step) =>
            `\n\n1. Use \`https://chat.example.com/api/v1/external/${name}?api_key=abc&stream=x\`.${step}`,
        ),
    ),
  },
  "doc-own|doc-picture": {
    "another integration's picture": (tree) => {
      const other = another(tree).screenshots[0]?.imagePath;
      if (other === undefined) throw new DoesNotApply();
      tree.change(tree.doc, (text) => text.replace(/!\[[^\]]*\]\([^)]*\)/, `![](/${other})`));
    },
    "another integration's picture as well": (tree) => {
      const other = another(tree).screenshots[0]?.imagePath;
      if (other === undefined) throw new DoesNotApply();
      tree.change(tree.doc, (text) =>
        text.replace(/(!\[[^\]]*\]\([^)]*\))/, `$1\n\n![](/${other})`),
      );
    },
  },
  "conflict-markers": {
    "half a merge in the page": inDoc(
      before("<<<<<<< HEAD\nOpen **Settings**.\n=======\nOpen **Options**.\n>>>>>>> berths"),
    ),
    "what is left of a merge in the page": inDoc(before(">>>>>>> berths")),
  },
  "doc-steps": {
    "the URL is never made": inDoc((text) => text.replace(urlMacro, "")),
    "the URL is said by hand": inDoc((text) => text.replace(urlMacro, "1. Construct the URL.\n\n")),
  },
  "doc-structure": {
    "tabs that do not end": inDoc((text) => text.replace("{end_tabs}\n\n", "")),
    "tabs that begin twice": inDoc((text) => text.replace("{end_tabs}", "{start_tabs}")),
    "a misspelt end of the tabs": inDoc((text) => text.replace("{end_tabs}", "{end_tab}")),
  },
  "doc-links": {
    "a reference that is not there": inDoc(before("See [the harbour][9].")),
    "a reference by name that is not there": inDoc(before("See [the harbour][harbour-docs].")),
    "a short reference that is not there": inDoc(before("See [the harbour guide][].")),
    "a misspelt definition": inDoc((text) => text.replace(/^\[([\w-]+)\]: /m, "[$1x]: ")),
    "a relative link": inDoc(before("See [the harbour](harbour-guide).")),
    "a relative link upwards": inDoc(before("See [the harbour](../help/harbour).")),
    "a link without a target": inDoc(before("See [the harbour]().")),
    "a link to a file of the tree": inDoc(before("See [the view](view.py).")),
    "an integration that is not there": (tree) =>
      tree.change(
        tree.doc,
        before(`See [Harbour](${tree.checkout.dialect.docs.urlPrefix}harbour-hooks).`),
      ),
    "a link without its scheme": inDoc(before("See [the harbour](www.harbourline.dev/docs).")),
    "an anchor that is not there": inDoc(before("See [below](#harbour-hooks).")),
  },
  "doc-includes": {
    "a variable that is not there": inDoc(before("Open {{ harbour_url }}.")),
    "a misspelt variable": inDoc(before("Send it to {{ integration_ulr }}.")),
    "a macro without its mark": inDoc((text) => text.replace("{!congrats.md!}", "{!congrats.md}")),
    "a macro in large letters": inDoc((text) => text.replace("{!congrats.md!}", "{!Congrats.md!}")),
  },
  "doc-markdown": {
    "a paragraph outside its step": inSteps("   Choose the quay first."),
    "a paragraph without an indent": inSteps("Choose the quay first."),
    "a paragraph with two blanks": inSteps("  Choose the quay first."),
    "code outside its step": inSteps("```\nurl: quay\n```"),
    "code with three blanks": inSteps("   ```\n   url: quay\n   ```"),
    "a picture outside its step": inSteps("![](/static/images/integrations/helloworld/001.png)"),
    "a line that quotes": inDoc((text) =>
      text.replace(
        lastStep,
        (step) => `\n\n1. Go to **Harbour\n> Hooks** and click **Save**.${step}`,
      ),
    ),
    "a fence that does not close": inDoc((text) =>
      text.replace(lastStep, (step) => `\n\n    \`\`\`\n    url: quay${step}`),
    ),
    "bold that does not close": inDoc((text) =>
      text.replace(lastStep, "$&Open **Harbour and click Save. "),
    ),
    "code that does not close": inDoc((text) => text.replace(lastStep, "$&Type `quay and save. ")),
    "steps right below a sentence": inDoc((text) => text.replace(/\n\n(1\. \{)/, "\n$1")),
    "a step right below the other": inDoc((text) =>
      text
        .replace(lastStep, "\n\n1. Open the quay.\n2. Close it.$&")
        .replace("\n2. Close it", "\n1) Close it"),
    ),
    "bullets outside their step": inSteps("  - the quay\n  - the berth"),
    "a tip that is not indented": inDoc(before('!!! tip ""\n\nKeep the quay clear.')),
    "a tip with two blanks": inDoc(before('!!! tip ""\n\n  Keep the quay clear.')),
    "a step without a blank": inDoc((text) => text.replace(lastStep, "\n\n1.")),
    "a link with a blank in the middle": inDoc(
      before("See [the harbour] (https://harbourline.dev/)."),
    ),
    "brackets the wrong way round": inDoc(before("See (the harbour)[https://harbourline.dev/].")),
  },
  "logo-content": {
    "an empty drawing": asLogo(svg("")),
    "a drawing with an empty group": asLogo(svg('<g fill="#c02080"></g><defs/>')),
    "a drawing of nothing that shows": asLogo(svg('<path d="" fill="#c02080"/>')),
    "a picture in a drawing": asLogo(
      svg(`<image width="64" height="64" href="data:image/png;base64,${pixel}"/>`),
    ),
    "a mark in a corner": asLogo(svg('<rect x="1" y="1" width="3" height="3" fill="#c02080"/>')),
    "white on white": asLogo(svg('<circle cx="32" cy="32" r="30" fill="#ffffff"/>')),
    "nothing that is filled": asLogo(svg('<circle cx="32" cy="32" r="30" fill="none"/>')),
  },
  "logo-safe|logo-content": {
    "a file without a byte": asLogo(""),
  },
  "logo-own": {
    "another integration's logo": (tree) => {
      if (!tree.logo.endsWith(".svg")) throw new DoesNotApply();
      const { logo } = another(tree);
      tree.write(tree.logo, tree.bytes(tree.there(logo)));
    },
    "another integration's logo with another line break": (tree) => {
      if (!tree.logo.endsWith(".svg")) throw new DoesNotApply();
      const { logo } = another(tree);
      tree.write(tree.logo, `${tree.text(tree.there(logo)).trim()}\n\n`);
    },
  },
  "registry-arguments": {
    "a misspelt keyword": inEntry(withArgument('dispaly_name="Harbour"')),
    "a keyword of another version": inEntry(withArgument("default_channel=None")),
    "too many values": inEntry((entry) =>
      entry
        .replace(/,?\s*\)\s*$/, "")
        .replace(/,\s*\w+=[\s\S]*$/, "")
        .concat(`${', "x"'.repeat(14)})`),
    ),
    "a keyword twice": inEntry((entry) =>
      /display_name=/.test(entry)
        ? entry
        : withArgument('display_name="A", display_name="B"')(entry),
    ),
    "a misspelt keyword of a picture": (tree) =>
      tree.changePicture(withArgument('image="002.png"')),
    "too many values of a picture": (tree) =>
      tree.changePicture((entry) =>
        entry.replace(/\(("[^"]*")[\s\S]*\)$/, `($1, "001.png", None, None${", False".repeat(9)})`),
      ),
  },
  "registry-unique": {
    "two pictures' entries of one name": (tree) => {
      const key = `    "${tree.integration.name}": [`;
      const text = tree.text(tree.registry);
      const at = text.indexOf(key);
      if (at < 0) throw new DoesNotApply();
      const end = text.indexOf("],\n", at) + 3;
      tree.write(tree.registry, text.slice(0, end) + text.slice(at, end) + text.slice(end));
    },
  },
  "registry-order": {
    "an entry at the wrong end": (tree) => {
      const { integrations } = tree.checkout;
      const [first] = integrations;
      if (!first || first.name === tree.integration.name) throw new DoesNotApply();
      const names = integrations.map(({ name }) => name);
      const late = names.filter((name, index) => name < (names[index - 1] ?? "")).length;
      if (late > names.length / 10 || names.indexOf(tree.integration.name) < names.length / 4)
        throw new DoesNotApply();
      const { from, to } = tree.integration.range;
      tree.change(tree.registry, (text) => {
        const entry = text.slice(from, to);
        const rest = text.slice(0, from) + text.slice(to).replace(/^\s*,\s*/, "");
        return `${rest.slice(0, first.range.from)}${entry},\n    ${rest.slice(first.range.from)}`;
      });
    },
  },
};
