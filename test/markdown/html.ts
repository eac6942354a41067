/** A strict reader of the HTML that the renderer writes. Anything it does not expect is an error. */

/** One start tag. */
export interface Tag {
  name: string;
  attributes: ReadonlyMap<string, string>;
  /** Whether it is a formula or lies in one. */
  inMath: boolean;
}

const VOID_TAGS = new Set(["br", "hr", "img"]);
const ATTRIBUTE = /^ ([a-zA-Z][a-zA-Z0-9-]*)(?:="([^"<>]*)")?/;

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"' };

/** Decodes the entities that a browser would decode in an attribute, as far as tests need them. */
export function decode(text: string): string {
  return text.replace(
    /&(#x[0-9a-f]+|#\d+|amp|lt|gt|quot|colon|Tab|NewLine);/gi,
    (_, name: string) => {
      if (/^#x/i.test(name))
        return String.fromCodePoint(Number.parseInt(name.slice(2), 16) % 0x110000);
      if (name.startsWith("#")) return String.fromCodePoint(Number(name.slice(1)) % 0x110000);
      return { ...ENTITIES, colon: ":", tab: "\t", newline: "\n" }[name.toLowerCase()] ?? "";
    },
  );
}

function readAttributes(text: string): Map<string, string> {
  const attributes = new Map<string, string>();
  let rest = text;
  while (rest !== "") {
    const match = ATTRIBUTE.exec(rest);
    if (!match) throw new Error(`Not an attribute: ${rest}`);
    attributes.set(match[1] ?? "", decode(match[2] ?? ""));
    rest = rest.slice(match[0].length);
  }
  return attributes;
}

/**
 * All start tags of an HTML fragment.
 * @throws Error when a bracket is not part of a tag, or tags do not nest.
 */
export function tagsOf(html: string): Tag[] {
  const tags: Tag[] = [];
  const open: { name: string; inMath: boolean }[] = [];
  for (const piece of html.split(/(<[^<>]*>)/)) {
    const tag = /^<(\/?)([a-z][a-z0-9]*)([^<>]*?)(\/?)>$/.exec(piece);
    if (!tag) {
      if (/[<>]/.test(piece)) throw new Error(`A bracket outside a tag: ${piece}`);
      continue;
    }
    const [, slash, name = "", text = "", selfClosing] = tag;
    if (slash === "/") {
      if (open.pop()?.name !== name) throw new Error(`Unexpected </${name}> in ${html}`);
      continue;
    }
    const attributes = readAttributes(text);
    const inMath = open.at(-1)?.inMath || /^katex(-display)?$/.test(attributes.get("class") ?? "");
    tags.push({ name, attributes, inMath });
    if (VOID_TAGS.has(name)) continue;
    if (selfClosing !== "/") open.push({ name, inMath });
    else if (!inMath) throw new Error(`<${name}/> outside a formula`);
  }
  if (open.length > 0) throw new Error(`Not closed: ${open.map(({ name }) => name).join(", ")}`);
  return tags;
}
