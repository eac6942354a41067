/** Lines of text for a terminal: wrapped, and with what stands at their left. */
import { widthOf } from "../../ui/layout.ts";
import { isUnspaced, partsOf } from "../../ui/words.ts";

type Style = (text: string) => string;

const NARROWEST = 20;

/** A part of a line in one style. */
interface Span {
  text: string;
  style: Style;
}

const PLAIN: Style = (text) => text;

interface Margin {
  text: string;
  /** A marker stands on its first line only. */
  once: boolean;
  used: boolean;
}

export class TextBlock {
  /** True inside of code: blanks and line breaks stay. */
  keepsSpace = false;
  readonly #lines: string[] = [];
  readonly #margins: Margin[] = [];
  readonly #width: number;
  #line: Span[] = [];
  #columns = 0;
  /** The style of a blank that is written when a word follows it on the line. */
  #blank: Style | undefined;
  #wantsGap = false;

  /** @param width Columns of the terminal. */
  constructor(width: number) {
    this.#width = width;
  }

  get atLineStart(): boolean {
    return this.#columns === 0;
  }

  /** Puts something at the left of the lines that follow, or of the first of them. */
  indent(text: string, kind: "always" | "marker" = "always"): void {
    this.#margins.push({ text, once: kind === "marker", used: false });
  }

  outdent(): void {
    this.#margins.pop();
  }

  /** Adds text to the line. */
  write(text: string, style: Style = PLAIN): void {
    if (this.keepsSpace) this.#writeCode(text, style);
    else this.#writeProse(text, style);
  }

  #writeProse(text: string, style: Style): void {
    for (const part of text.split(/( )/)) {
      if (part === " ") this.#blank = this.#columns > 0 ? (this.#blank ?? style) : undefined;
      else for (const word of partsOf(part)) this.#writeWord(word, style);
    }
  }

  /** Adds a whole line. */
  line(text: string): void {
    this.endLine(false);
    this.#add(text, PLAIN);
    this.endLine(false);
  }

  /**
   * Ends the line, if one has begun.
   * @param gap Whether an empty line follows, should there be more.
   */
  endLine(gap: boolean): void {
    if (this.#columns > 0) this.#push(this.#line);
    this.#clear();
    this.#wantsGap ||= gap;
  }

  finish(): string {
    this.endLine(false);
    return this.#lines.join("\n");
  }

  #writeCode(text: string, style: Style): void {
    for (const [index, part] of text.split("\n").entries()) {
      if (index > 0) {
        this.#push(this.#line);
        this.#clear();
      }
      if (part !== "") this.#add(part, style);
    }
  }

  #writeWord(word: string, style: Style): void {
    const blank = this.#blank;
    this.#blank = undefined;
    const breaks = blank !== undefined || isUnspaced(word);
    const width = (blank ? 1 : 0) + widthOf(word);
    if (breaks && this.#columns > 0 && this.#columns + width > this.#room()) this.endLine(false);
    else if (blank) this.#add(" ", blank);
    this.#add(word, style);
  }

  #add(text: string, style: Style): void {
    const last = this.#line.at(-1);
    if (last?.style === style) last.text += text;
    else this.#line.push({ text, style });
    this.#columns += widthOf(text);
  }

  #clear(): void {
    this.#line = [];
    this.#columns = 0;
    this.#blank = undefined;
  }

  #room(): number {
    const left = this.#margins.reduce((sum, { text }) => sum + widthOf(text), 0);
    return Math.max(NARROWEST, this.#width - left);
  }

  #push(line: readonly Span[]): void {
    if (this.#wantsGap && this.#lines.length > 0) {
      // The bar of a quote goes on through the gap inside of it, and ends with it.
      const outer = this.#margins.filter(({ once, used }) => !once && used);
      this.#lines.push(
        outer
          .map(({ text }) => text)
          .join("")
          .trimEnd(),
      );
    }
    this.#wantsGap = false;
    const left = this.#margins.map((margin) => {
      const shown = margin.once && margin.used ? " ".repeat(widthOf(margin.text)) : margin.text;
      margin.used = true;
      return shown;
    });
    const text = line.map((span) => span.style(span.text)).join("");
    this.#lines.push(`${left.join("")}${text}`.trimEnd());
  }
}
