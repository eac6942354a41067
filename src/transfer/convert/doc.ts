/** `doc.md`: macros, headings, tabs, and what the product and its channels are called. */

import type { DocDialect } from "../../checkout/dialect-model.ts";
import type { Checkout } from "../../checkout/model.ts";
import type { Note } from "./notes.ts";

export interface DocTravel {
  /** Where the document goes in the target. */
  readonly path: string;
  readonly displayName: string;
  /** Whether the view declares its event types, so that a user can filter them. */
  readonly hasEvents: boolean;
  readonly from: Checkout;
  readonly to: Checkout;
  readonly notes: Note[];
}

/** Macros that say the same; a value of several is several steps. The first that the target has whole is taken. */
const SAME: readonly (readonly (readonly string[])[])[] = [
  [["create-stream"], ["create-channel"]],
  [
    ["create-bot-construct-url"],
    ["create-an-incoming-webhook", "generate-webhook-url-basic"],
    ["create-an-incoming-webhook", "generate-integration-url"],
  ],
  [["generate-webhook-url-basic"], ["generate-integration-url"]],
  [["append-stream-name"], ["append-channel-name"]],
  [
    ["git-webhook-url-with-branches"],
    ["generate-webhook-url-with-branch-filtering"],
    ["git-branches-additional-feature"],
  ],
];

/** The two steps with which documents in sections begin. */
const SECTION_STEPS = ["create-an-incoming-webhook", "generate-webhook-url-basic"];
const START_TABS = "{start_tabs}";
const END_TABS = "{end_tabs}";
const RELATED = "### Related documentation";
const SPECIFICATION = "webhooks-url-specification";
const FILTERING = "event-filtering-additional-feature";
const STEP = /^1\. /m;

/**
 * Converts a document.
 * @param text The document as it is in its own tree.
 */
export function convertDoc(text: string, travel: DocTravel): string {
  const { from, to } = travel;
  let result = text.replaceAll("\r\n", "\n");
  if (from.dialect.docs.style !== to.dialect.docs.style) {
    result =
      to.dialect.docs.style === "sections" ? toSections(result, travel) : toPlain(result, travel);
  }
  result = renameProduct(result, from.dialect.docs, to.dialect.docs);
  result = convertMacros(result, text, travel);
  result = result.replaceAll(`/${from.dialect.imageRoot}/`, `/${to.dialect.imageRoot}/`);
  result = result.replaceAll(`](${from.dialect.docs.urlPrefix}`, `](${to.dialect.docs.urlPrefix}`);
  return `${result.replace(/\n{3,}/g, "\n\n").trim()}\n`;
}

function toSections(text: string, { to, displayName, hasEvents }: DocTravel): string {
  const { productName, macros } = to.dialect.docs;
  let result = text;
  if (!/^# /.test(result)) {
    result = `# ${productName} ${displayName} integration\n\n${result.trimStart()}`;
  }
  // Documents in sections leave the channel to the macro that makes the URL.
  result = result.replace(/^1\. \{!create-(stream|channel)\.md!\}\n\n/m, "");
  if (!result.includes(START_TABS) && STEP.test(result)) {
    result = result.replace(STEP, `${START_TABS}\n\n1. `);
    const end = /^(\{!congrats\.md!\}|!\[\]\()/m;
    result = end.test(result)
      ? result.replace(end, `${END_TABS}\n\n$1`)
      : `${result.trimEnd()}\n\n${END_TABS}\n`;
  }
  result = result.replaceAll("URL constructed above", "URL generated above");
  if (hasEvents && macros.has(FILTERING) && !result.includes("{!event-filtering-")) {
    result = `${result.trimEnd()}\n\n{!${FILTERING}.md!}\n`;
  }
  if (macros.has(SPECIFICATION) && !result.includes(RELATED)) {
    result = `${result.trimEnd()}\n\n${RELATED}\n\n{!${SPECIFICATION}.md!}\n`;
  }
  return result;
}

function toPlain(text: string, { to }: DocTravel): string {
  const { macros } = to.dialect.docs;
  let result = text.replace(/^# [^\n]*\n+/, "");
  result = result.replaceAll("URL generated above", "URL constructed above");
  result = result.replace(/^\{(start|end)_tabs\}\n+/gm, "");
  result = result.replace(new RegExp(`\\n+${RELATED}\\n+(?:[^#\\n][^\\n]*\\n*)*`), (section) => {
    // Links that an author added stay.
    const own = section.split("\n").filter((line) => line.startsWith("* ") || line.startsWith("["));
    return own.length > 0 ? `\n\n${own.join("\n")}\n` : "\n";
  });
  const stream = ["create-stream", "create-channel"].find((name) => macros.has(name));
  const together = macros.has("create-bot-construct-url");
  const [bot = "", url = ""] = SECTION_STEPS.map((name) => `1. {!${name}.md!}`);
  const both = `${bot}\n\n${url}`;
  const before = together ? "1. {!create-bot-construct-url.md!}" : both;
  const has = stream !== undefined && result.includes(`{!${stream}.md!}`);
  const first = stream === undefined || has ? "" : `1. {!${stream}.md!}\n\n`;
  if (result.includes(both)) return result.replace(both, `${first}${before}`);
  return STEP.test(result) ? result.replace(STEP, `${first}1. `) : result;
}

/** Names of the product, longest first. */
function renameProduct(text: string, from: DocDialect, to: DocDialect): string {
  if (from.productName === to.productName) return text;
  const name = new RegExp(`\\b${escaped(from.productName)}\\b(?![/\\w]|\\.\\w)`, "g");
  return text
    .split(/(`[^`]*`|\]\([^()]*\)|https?:\/\/\S+)/)
    .map((part, index) => (index % 2 === 1 ? part : part.replace(name, to.productName)))
    .join("");
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

function convertMacros(text: string, original: string, travel: DocTravel): string {
  const { from, to, path, notes } = travel;
  const { macros } = to.dialect.docs;
  const lines = text.split("\n");
  const converted = lines.map((line) => {
    const found = /^(\s*(?:1\. )?)\{!([\w-]+)\.md!\}(.*)$/.exec(line);
    const [, lead = "", macro = "", rest = ""] = found ?? [];
    if (!found || macros.has(macro)) return line;
    const other = equivalentOf(macro, macros);
    if (other) return other.map((name) => `${lead}{!${name}.md!}`).join("\n\n") + rest;
    if (macro === FILTERING || macro === SPECIFICATION) return "";
    if (from.dialect.docs.macros.has(macro)) {
      const message = `the documents of this tree have no macro ${macro}`;
      const before = original.slice(0, original.indexOf(`{!${macro}.md!}`));
      notes.push({ path, line: before.split("\n").length, message });
    }
    return line;
  });
  return converted.join("\n");
}

function equivalentOf(macro: string, macros: ReadonlySet<string>): readonly string[] | undefined {
  const group = SAME.find((one) => one.some((names) => names.length === 1 && names[0] === macro));
  return group?.find((names) => names[0] !== macro && names.every((name) => macros.has(name)));
}
