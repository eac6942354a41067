/** Where a text of a payload has landed in a message: in a quote, a code block, a link, bold, or in the open. */

/** What holds text apart from the rest of a message. */
export type Container = "quote" | "code block" | "code" | "link" | "bold text";

/** One occurrence of a mark. */
export interface Landing {
  readonly containers: ReadonlySet<Container>;
  /** Where the link leads that it is in. */
  readonly href: string | undefined;
}

const TOKEN = /<(\/?)([a-z][a-z0-9]*)\b([^>]*)>|[^<]+/gi;
const VOID = new Set(["br", "img", "hr", "input", "wbr"]);

/**
 * Finds a mark in a message.
 * @param html What `renderMarkdown` makes: well formed, and escaped.
 */
export function landingsOf(html: string, mark: string): Landing[] {
  const open: { tag: string; href: string | undefined }[] = [];
  const found: Landing[] = [];
  for (const [token, closing, name = "", attributes = ""] of html.matchAll(TOKEN)) {
    const tag = name.toLowerCase();
    if (tag === "") {
      for (let at = token.indexOf(mark); at >= 0; at = token.indexOf(mark, at + 1)) {
        found.push(landingIn(open));
      }
    } else if (closing === "/") {
      const at = open.findLastIndex((element) => element.tag === tag);
      if (at >= 0) open.length = at;
    } else if (!VOID.has(tag) && !attributes.endsWith("/")) {
      open.push({ tag, href: /\bhref="([^"]*)"/.exec(attributes)?.[1] });
    }
  }
  return found;
}

function landingIn(open: readonly { tag: string; href: string | undefined }[]): Landing {
  const tags = new Set(open.map(({ tag }) => tag));
  const containers = new Set<Container>();
  if (tags.has("blockquote")) containers.add("quote");
  if (tags.has("pre")) containers.add("code block");
  else if (tags.has("code")) containers.add("code");
  if (tags.has("a")) containers.add("link");
  if (tags.has("strong")) containers.add("bold text");
  return { containers, href: open.findLast(({ tag }) => tag === "a")?.href };
}

/** How often a message mentions everybody. Silent mentions, as in quotes, notify nobody. */
export function wildcardMentions(html: string): number {
  const spans = html.match(/<span\b[^<>]*\bdata-user-id="\*"[^<>]*>/g) ?? [];
  return spans.filter((span) => !/\bclass="[^"]*\bsilent\b/.test(span)).length;
}
