/**
 * The template language of `templates/integration/`. Its marks are comments, so that a template is a valid file of
 * its own kind, which editors, formatters and tests can read:
 *
 *     # if flag … # else … # endif          keeps one of two blocks; blocks nest
 *     # insert name … # end                 puts generated text in the place of the example between the marks
 *
 * Markdown writes the same marks as `<!-- if flag -->`. Words in capitals, such as `CLIENT_NAME`, are replaced.
 */
import { BugError } from "../errors.ts";

export interface TemplateValues {
  /** For `if`. */
  readonly flags: Readonly<Record<string, boolean>>;
  /** For `insert`: whole lines, without the last line break. */
  readonly blocks: Readonly<Record<string, string>>;
  /** For words in capitals. Each place is replaced once, so that a value is never searched for words. */
  readonly words: Readonly<Record<string, string>>;
}

const mark =
  /^\s*(?:#|<!--) (?<verb>if|else|endif|insert|end)(?: (?<name>[a-z][a-z ]*?))?(?: -->)?$/;

/**
 * Fills a template.
 * @param template The template's text.
 * @param values What to fill it with.
 * @throws BugError when the template and the values do not belong together.
 */
export function fillTemplate(template: string, values: TemplateValues): string {
  const lines: string[] = [];
  const conditions: boolean[] = [];
  let replacing = false;
  for (const line of template.split("\n")) {
    const { verb, name = "" } = mark.exec(line)?.groups ?? {};
    if (verb === "if") conditions.push(lookUp(values.flags, name));
    else if (verb === "else") conditions.push(!conditions.pop());
    else if (verb === "endif") conditions.pop();
    else if (verb === "end") replacing = false;
    else if (conditions.every(Boolean)) {
      if (verb === "insert") {
        replacing = true;
        lines.push(lookUp(values.blocks, name));
      } else if (!replacing) lines.push(replaceWords(line, values.words));
    }
  }
  return lines.join("\n");
}

function lookUp<T>(values: Readonly<Record<string, T>>, name: string): T {
  const value = values[name];
  if (value === undefined) throw new BugError(`A template asks for "${name}", which nobody gave.`);
  return value;
}

function replaceWords(line: string, words: Readonly<Record<string, string>>): string {
  const names = Object.keys(words).sort((a, b) => b.length - a.length);
  if (names.length === 0) return line;
  return line.replace(new RegExp(names.join("|"), "g"), (name) => lookUp(words, name));
}
