/**
 * A documentation page of an integration (`doc.md`) as HTML.
 *
 * Connect makes it with python-markdown, Jinja and extensions of its own (`zerver/lib/templates.py` there). Here a
 * CommonMark library renders what those come to: macros and variables are filled in first, notes are boxes, and the
 * steps' markers go. HTML in the page is shown as text.
 */
import MarkdownIt from "markdown-it";

export interface DocumentationOptions {
  /** The text of a macro, or undefined when there is none of that name (`create-stream.md`). */
  include(name: string): string | undefined;
  /** The values of `{{ variables }}`; those that are not named stay as they are. */
  variables: Readonly<Record<string, string>>;
  /** What the view declares; undefined when it declares none. */
  eventTypes: readonly string[] | undefined;
  /** The address to show an image from (`/static/…`), or undefined to show only its name. */
  image(source: string): string | undefined;
}

/** Macros may hold macros; one that holds itself ends here. */
const MAX_DEPTH = 5;
/** Ten times as long as any page is, in UTF-16 units, macros included. */
const MAX_LENGTH = 200_000;
/** What stands for a page that is not shown. */
const TOO_LONG = `<p>The page is longer than ${MAX_LENGTH.toLocaleString("en")} characters with its macros, and is not shown.</p>`;

/** Thrown while a page grows too long. */
class TooLongError extends Error {}

/**
 * Renders a page.
 * @param source The text of `doc.md`. It need not be trusted.
 * @returns HTML without scripts, styles, forms or images from elsewhere.
 */
export function renderDocumentation(source: string, options: DocumentationOptions): string {
  try {
    const budget = { left: MAX_LENGTH };
    const lines = asPythonReads(linesOf(source, budget));
    const included = include(lines, options, budget, 0).join("\n");
    const filled = fillIn(included, options);
    if (filled.length > MAX_LENGTH) return TOO_LONG;
    return renderer(options).render(withoutMarkers(filled));
  } catch (error) {
    // What is nested too deeply exhausts the stack, and is no page either.
    if (error instanceof TooLongError || error instanceof RangeError) return TOO_LONG;
    throw error;
  }
}

/** How much longer a page may become, in UTF-16 units. */
interface Budget {
  left: number;
}

function linesOf(text: string, budget: Budget): string[] {
  budget.left -= text.length;
  if (budget.left < 0) throw new TooLongError();
  return text.split(/\r?\n/);
}

/**
 * Moves to the margin what python-markdown takes for no part of its step: a block that is less than four blanks to the
 * right. CommonMark is content with as many blanks as the number takes.
 */
function asPythonReads(lines: readonly string[]): string[] {
  let isAfterStep = false;
  let isFirst = true;
  /** What ends the block that is being moved: a blank line, or the mark of its fence. */
  let moved: "blank" | string | undefined;
  return lines.map((line) => {
    const text = line.trim();
    if (moved === "blank" && text === "") moved = undefined;
    else if (moved === undefined && isFirst && isAfterStep && isTooNear(line)) {
      moved = /^(`{3,}|~{3,})/.exec(text)?.[1] ?? "blank";
      isFirst = false;
      return line.trimStart();
    }
    if (/^\d+\. /.test(line)) isAfterStep = true;
    else if (isFirst && moved === undefined && /^\S/.test(line)) isAfterStep = false;
    isFirst = text === "";
    if (moved === undefined) return line;
    if (moved !== "blank" && text === moved) moved = undefined;
    return line.replace(/^ {1,3}/, "");
  });
}

const isTooNear = (line: string): boolean => /^ {1,3}(?! |\{!|\d+[.)]|$)/.test(line);

/** A macro takes the place of its line; what follows its first line goes as deep as the line did. */
function include(
  lines: readonly string[],
  options: DocumentationOptions,
  budget: Budget,
  depth: number,
): string[] {
  return lines.flatMap((line) => {
    const [, before, name] =
      /^(\s*(?:(?:\d+\.|[*-])\s+)?)\{!\s*([^!\s]+)\s*!\}\s*$/.exec(line) ?? [];
    if (before === undefined || name === undefined) return [line];
    const text = depth < MAX_DEPTH ? options.include(name) : undefined;
    if (text === undefined) return [`${before}**There is no macro ${name}.**`];
    const inner = include(linesOf(text.trimEnd(), budget), options, budget, depth + 1);
    const indent = " ".repeat(before.length);
    budget.left -= indent.length * inner.length;
    return inner
      .map((part, index) => (index === 0 || part === "" ? part : indent + part))
      .map((part, index) => (index === 0 ? before + part : part));
  });
}

/** The part of Jinja that documentation uses. */
function fillIn(text: string, { variables, eventTypes }: DocumentationOptions): string {
  const kept: string[] = [];
  const events = eventTypes?.map((name) => `\`${name}\``).join(", ");
  const raw = replaceBlocks(text, /\{%-?\s*raw\s*-?%\}/g, "endraw", (inner) => {
    kept.push(inner);
    return `\ue000${kept.length - 1}\ue000`;
  });
  const isDefined = /\{%-?\s*if\s+all_event_types is defined\s*-?%\}/g;
  const chosen = replaceBlocks(raw, isDefined, "endif", (inner) =>
    events === undefined ? "" : inner,
  );
  return replaceBlocks(chosen, /\{%-?\s*for\s+event_type in /g, "endfor", () => events ?? "")
    .replace(/\{%[^%]*%\}/g, "")
    .replace(/\{\{-?\s*([\w.]+)\s*-?\}\}/g, (all, name: string) => variables[name] ?? all)
    .replace(/\ue000(\d+)\ue000/g, (_all, index: string) => kept[Number(index)] ?? "");
}

/** Replaces what stands between an opening and the next end. Where nothing ends any more, the rest stays. */
function replaceBlocks(
  text: string,
  opening: RegExp,
  end: string,
  replace: (inner: string) => string,
): string {
  const closing = new RegExp(`\\{%-?\\s*${end}\\s*-?%\\}`, "g");
  let replaced = "";
  let done = 0;
  for (let open = opening.exec(text); open; open = opening.exec(text)) {
    closing.lastIndex = opening.lastIndex;
    const close = closing.exec(text);
    if (!close) break;
    replaced += text.slice(done, open.index) + replace(text.slice(opening.lastIndex, close.index));
    done = closing.lastIndex;
    opening.lastIndex = done;
  }
  return replaced + text.slice(done);
}

/** Tabs become headings of their parts: a page is shown whole. */
function withoutMarkers(text: string): string {
  return text
    .replace(/^\{(start|end)_tabs\}[ \t]*$/gm, "")
    .replace(/^\{tab\|([^}\r\n]+)\}[ \t]*$/gm, (_all, name: string) => `**${name}**`);
}

function renderer({ image }: DocumentationOptions): MarkdownIt {
  const markdown = new MarkdownIt({ html: false, linkify: false });
  addNotes(markdown);
  const { rules, utils } = { rules: markdown.renderer.rules, utils: markdown.utils };
  rules.image = (tokens, index) => {
    const token = tokens[index];
    const source = String(token?.attrGet("src") ?? "");
    const address = image(source);
    const alternative = utils.escapeHtml(token?.content || source);
    if (address === undefined) return `<span class="no-image">${alternative}</span>`;
    return `<img alt="${alternative}" src="${utils.escapeHtml(address)}">`;
  };
  // Pages of Connect itself are not here: their links are shown, and lead nowhere.
  rules.link_open = (tokens, index) => {
    const target = String(tokens[index]?.attrGet("href") ?? "");
    const shown = utils.escapeHtml(target);
    if (!/^https?:\/\//i.test(target)) return `<a title="${shown}">`;
    return `<a href="${shown}" title="${shown}" target="_blank" rel="noopener noreferrer">`;
  };
  return markdown;
}

/** `!!! tip "Title"` and the indented lines below it, as python-markdown's admonitions. */
function addNotes(markdown: MarkdownIt): void {
  markdown.block.ruler.before("fence", "note", (state, start, end, silent) => {
    const at = (line: number): string =>
      state.src.slice((state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0), state.eMarks[line]);
    const [, kind, title = ""] = /^!!!\s+([a-z]+)(?:\s*"([^"]*)")?\s*$/.exec(at(start)) ?? [];
    if (kind === undefined) return false;
    if (silent) return true;
    const indent = (state.sCount[start] ?? 0) + 4;
    let next = start + 1;
    while (next < end && (state.isEmpty(next) || (state.sCount[next] ?? 0) >= indent)) next += 1;
    const open = state.push("note_open", "div", 1);
    open.attrSet("class", `note ${kind}`);
    if (title !== "") {
      state.push("paragraph_open", "p", 1).attrSet("class", "note-title");
      const inline = state.push("inline", "", 0);
      Object.assign(inline, { content: title, children: [] });
      state.push("paragraph_close", "p", -1);
    }
    const { blkIndent, lineMax, parentType } = state;
    Object.assign(state, { blkIndent: indent, lineMax: next });
    state.md.block.tokenize(state, start + 1, next);
    Object.assign(state, { blkIndent, lineMax, parentType, line: next });
    state.push("note_close", "div", -1);
    return true;
  });
}
