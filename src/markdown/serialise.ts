/** Writes the element tree as HTML. Every text and attribute goes through an escape. */
import type { Element } from "./tree.ts";

const VOID_TAGS = new Set(["br", "hr", "img"]);

/** Escapes `&`, `<` and `>`, for text that must show exactly as it is. */
function escapeText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** As `escapeText`, but an entity that the author wrote stays an entity. */
function escapeProse(text: string): string {
  return text
    .replace(/&(?!(?:#[0-9]+|#x[0-9a-f]+|[0-9a-z]+);)/gi, "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;");
}

function escapeAs(mode: Element["escape"], text: string): string {
  if (mode === "prose") return escapeProse(text);
  const escaped = escapeText(text);
  if (mode === "literal") return escaped;
  return escaped.replaceAll('"', "&quot;").replaceAll("'", mode === "all" ? "&#x27;" : "&#39;");
}

function attributesOf(element: Element): string {
  const attributes = [...element.attributes];
  if (element.attributeOrder === "sorted") attributes.sort(([a], [b]) => (a < b ? -1 : 1));
  return attributes
    .map(([name, value]) => {
      // Connect's serialiser takes an attribute that repeats its own name for a boolean one.
      if (name === value) return ` ${name}`;
      return ` ${name}="${escapeProse(value).replaceAll('"', "&quot;")}"`;
    })
    .join("");
}

function writeContent(element: Element, out: string[]): void {
  if (element.text !== "") out.push(escapeAs(element.escape, element.text));
  for (const child of element.children) {
    out.push(`<${child.tag}${attributesOf(child)}${child.isSelfClosing ? "/>" : ">"}`);
    if (!child.isSelfClosing && !VOID_TAGS.has(child.tag)) {
      writeContent(child, out);
      out.push(`</${child.tag}>`);
    }
    if (child.tail !== "") out.push(escapeAs(element.escape, child.tail));
  }
}

/**
 * The HTML of everything inside an element, without its own tags.
 * @param root The element; tag and attribute names are trusted, all values are escaped.
 */
export function serialise(root: Element): string {
  const out: string[] = [];
  writeContent(root, out);
  return out.join("");
}
