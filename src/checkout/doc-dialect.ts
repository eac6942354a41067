/** How a tree writes `doc.md`: read from its macros and some of its documents. */
import { join } from "node:path";
import { listDirectory, readTextIfExists } from "../host/files.ts";
import type { DocDialect } from "./dialect-model.ts";
import { countMatching, mostFrequent } from "./samples.ts";

/** Where includes of integration documents are looked up: beside the documents, or in trees before 2023 with the help's. */
const macroDirectories = ["templates/zerver/integrations/include", "templates/zerver/help/include"];

/** Documents moved from plain to sections, never back: a tree with this share of sections writes new ones that way. */
const inTransition = 1 / 3;

/**
 * @param root Absolute root of the tree.
 * @param samples Texts of some of its documents.
 * @param streamAttribute The test base's attribute, which decides what a channel is called where no macro does.
 */
export async function readDocDialect(
  root: string,
  samples: readonly string[],
  streamAttribute: string | undefined,
): Promise<DocDialect> {
  const [found, urls] = await Promise.all([
    Promise.all(macroDirectories.map((folder) => listDirectory(join(root, folder)))),
    readTextIfExists(join(root, "zproject/urls.py")),
  ]);
  const place = Math.max(
    found.findIndex((names) => names.length > 0),
    0,
  );
  const macroDirectory = macroDirectories[place] ?? "";
  const entries = found[place] ?? [];
  const macros = new Set(
    entries.flatMap(({ name }) => (name.endsWith(".md") ? name.slice(0, -".md".length) : [])),
  );
  const macroTexts = await Promise.all(
    [...macros].map((macro) => readTextIfExists(join(root, macroDirectory, `${macro}.md`))),
  );
  const headed = countMatching(samples, /^#\s/);
  return {
    style: headed > 0 && headed / samples.length >= inTransition ? "sections" : "plain",
    macroDirectory,
    macros,
    productName: productNameOf([...macroTexts.map((text) => text ?? ""), ...samples]),
    streamWord: streamWordOf(macros, streamAttribute),
    // Trees that serve a document's HTML on its own show it on a page below /integrations/doc/.
    urlPrefix: /integrations\/doc-html\//.test(urls ?? "")
      ? "/integrations/doc/"
      : "/integrations/",
  };
}

/** Where documents name the product: "Get X notifications", "… notifications in X!", "to a X stream", "your X organization". */
const productPlace = /\b(?:Get|Receive|in|to an?|your) ((?:[A-Z][a-z]+[A-Z]\w* )?[A-Z]\w+)\b/g;

/**
 * The product is the name that the most documents have in such places: a vendor's name stands in its own one only.
 * Macros count as documents, since a small tree has hardly any.
 */
function productNameOf(documents: readonly string[]): string {
  const named = documents.flatMap((text) => {
    const opening = text.slice(0, 600).replace(/\s+/g, " ");
    return [...new Set([...opening.matchAll(productPlace)].flatMap(([, name]) => name ?? []))];
  });
  return mostFrequent(named) ?? "Connect";
}

function streamWordOf(macros: ReadonlySet<string>, streamAttribute: string | undefined): string {
  if (macros.has("create-channel")) return "channel";
  if (macros.has("create-stream") || streamAttribute === "STREAM_NAME") return "stream";
  return "channel";
}
