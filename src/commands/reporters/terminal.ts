/** A message's HTML as text for a terminal: colour, links, quote bars, lists and code. */
import sax from "sax";
import { link, type Paint } from "../../ui/marks.ts";
import { TerminalTable } from "./terminal-table.ts";
import { TextBlock } from "./text-block.ts";

export interface TerminalOptions {
  paint: Paint;
  /** Columns. */
  width: number;
  /** Whether a text can be a link; else the address follows it. */
  links: boolean;
}

type Style = (text: string) => string;

/** Colours of highlighted code, by the first letters of pygments' classes. */
const CODE_COLOURS: readonly [RegExp, (paint: Paint) => Style][] = [
  [/^(k|ow|nt)/, (paint) => paint.magenta],
  [/^(s|dl)/, (paint) => paint.green],
  [/^(c|go|w)/, (paint) => paint.dim],
  [/^(m|il|bp|nb)/, (paint) => paint.cyan],
  [/^(nf|nc|nn|nd|na)/, (paint) => paint.blue],
  [/^(gd|gr|ne|err)/, (paint) => paint.red],
  [/^gi/, (paint) => paint.green],
];

/** Elements that begin and end a line. */
const BLOCKS = /^(p|div|pre|blockquote|ul|ol|li|table|tr|h[1-6])$/;
/** Elements with an empty line around them. */
const SPACED = /^(p|blockquote|ul|ol|table|pre|h[1-6])$/;

/**
 * Renders a message.
 * @param html What `contentForPicture` made of the safe HTML of a message.
 */
export function htmlForTerminal(html: string, options: TerminalOptions): string {
  const writer = new Writer(options);
  const parser = sax.parser(false, { lowercase: true });
  parser.onopentag = ({ name, attributes }) =>
    writer.open(name, attributes as Record<string, string>);
  parser.onclosetag = (name) => writer.close(name);
  parser.ontext = (text) => writer.text(text);
  // Without a root around it, everything after the first element would be text.
  parser.write(`<body>${html}</body>`).close();
  return writer.finish();
}

interface OpenElement {
  name: string;
  style?: Style;
  href?: string;
  /** The text of a link, as far as it has been read. */
  said?: string;
  /** The number of the next item of an ordered list. */
  next?: number;
  hidden?: boolean;
}

/** Whether a link's text is its address already, in full or as people write it. */
function isAddress(text: string, href: string): boolean {
  const plain = (address: string): string => address.replace(/^(https?:\/\/|mailto:)|\/$/g, "");
  return plain(text.trim()) === plain(href);
}

class Writer {
  readonly #options: TerminalOptions;
  readonly #block: TextBlock;
  readonly #open: OpenElement[] = [];
  #table: TerminalTable | undefined;

  constructor(options: TerminalOptions) {
    this.#options = options;
    this.#block = new TextBlock(options.width);
  }

  open(name: string, attributes: Record<string, string>): void {
    const classes = (attributes.class ?? "").split(/\s+/);
    // Inside a list an item's paragraph would come apart from its bullet.
    if (BLOCKS.test(name)) this.#block.endLine(SPACED.test(name) && !this.#isInside("li"));
    const element: OpenElement = { name };
    const style = this.#styleOf(name, classes);
    if (style) element.style = style;
    if (name === "a" && attributes.href)
      Object.assign(element, { href: attributes.href, said: "" });
    if (name === "table") this.#table = new TerminalTable();
    if (name === "tr") this.#table?.startRow();
    if (name === "td" || name === "th") this.#table?.startCell(name, attributes.style);
    // A formula is there twice: laid out, and as the TeX that it was written in.
    if (classes.includes("katex-html")) element.hidden = true;
    if (name === "ol") element.next = Number(attributes.start ?? 1) || 1;
    this.#startBlock(name);
    this.#open.push(element);
  }

  #startBlock(name: string): void {
    const { paint, width } = this.#options;
    const block = this.#block;
    if (name === "br") block.endLine(false);
    if (name === "hr") block.line(paint.dim("─".repeat(Math.min(width, 40))));
    if (name === "blockquote") block.indent(paint.dim("│ "));
    if (name === "pre") {
      block.indent("    ");
      block.keepsSpace = true;
    }
    if (name === "li") block.indent(this.#marker(), "marker");
  }

  #marker(): string {
    const list = this.#open.findLast(({ name }) => name === "ul" || name === "ol");
    if (list?.next === undefined) return "• ";
    list.next += 1;
    return `${list.next - 1}. `;
  }

  close(name: string): void {
    const at = this.#open.findLastIndex((element) => element.name === name);
    if (at < 0) return;
    const [element] = this.#open.splice(at);
    const { href, said } = element ?? {};
    if (href !== undefined && !this.#options.links && !isAddress(said ?? "", href)) {
      this.#write(` (${href})`, this.#options.paint.dim);
    }
    if (name === "td" || name === "th") this.#table?.endCell();
    if (name === "table") this.#endTable();
    if (!BLOCKS.test(name)) return;
    this.#block.endLine(SPACED.test(name) && !this.#isInside("li"));
    if (/^(blockquote|pre|li)$/.test(name)) this.#block.outdent();
    if (name === "pre") this.#block.keepsSpace = false;
  }

  text(raw: string): void {
    if (this.#open.some(({ hidden }) => hidden)) return;
    const mathml = this.#isInside("math");
    if (mathml && !this.#isInside("annotation")) return;
    const text = this.#block.keepsSpace ? raw : raw.replace(/\s+/g, " ");
    const styles = this.#open.flatMap(({ style }) => style ?? []);
    const anchor = this.#open.findLast((element) => element.href !== undefined);
    if (anchor) anchor.said += text;
    const { href } = anchor ?? {};
    const linked = href !== undefined && this.#options.links;
    const all = linked ? [...styles, (part: string) => link(href, part)] : styles;
    this.#write(text, (part) => all.reduce((done, style) => style(done), part));
  }

  #write(text: string, style: Style): void {
    if (this.#table) this.#table.write(text, style);
    else this.#block.write(text, style);
  }

  #endTable(): void {
    const lines = this.#table?.lines(this.#options.paint.dim) ?? [];
    this.#table = undefined;
    for (const line of lines) this.#block.line(line);
  }

  finish(): string {
    return this.#block.finish();
  }

  #isInside(name: string): boolean {
    return this.#open.some((element) => element.name === name);
  }

  #styleOf(name: string, classes: readonly string[]): Style | undefined {
    const { paint } = this.#options;
    if (/^(strong|h[1-6]|th)$/.test(name)) return paint.bold;
    if (name === "em") return paint.italic;
    if (name === "del") return paint.strikethrough;
    if (name === "a") return paint.blue.underline;
    if (name === "code" && !this.#isInside("pre")) return paint.yellow;
    if (name === "time" || classes.some((one) => one.endsWith("-mention"))) return paint.cyan;
    if (classes.includes("spoiler-header")) return paint.bold;
    if (classes.includes("spoiler-content")) return paint.dim;
    if (name !== "span" || !this.#isInside("pre")) return undefined;
    const [, colour] = CODE_COLOURS.find(([form]) => form.test(classes[0] ?? "")) ?? [];
    return colour?.(paint);
  }
}
