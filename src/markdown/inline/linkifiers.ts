/** The organisation's own rules that turn text such as `#123` into links. */
import { UserError } from "../../errors.ts";
import type { Linkifier, MarkdownOptions } from "../options.ts";
import { encodeAll, wellFormed } from "../urls.ts";
import { linkTo } from "./autolinks.ts";
import { type InlinePattern, scanning } from "./engine.ts";

/** Fills `{name}` in an address template; `{+name}` keeps reserved characters. */
function expand(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(/\{(\+?)(\w+)\}/g, (_expression, reserved: string, name: string) => {
    const value = values[name] ?? "";
    return reserved === "+" ? encodeURI(wellFormed(value)) : encodeAll(value);
  });
}

/** Writes an expression for RE2, which Connect uses, as JavaScript's strict mode wants it. */
function toStrictSource(pattern: string): string {
  return pattern
    .replaceAll("(?P<", "(?<")
    .replaceAll("\\-", "\\x2d")
    .replace(/\\([^\w\s^$\\.*+?()[\]{}|/])/g, "$1");
}

/**
 * A pattern for one linkifier: it matches after a space or opening punctuation and not before a
 * letter or digit.
 * @throws UserError `invalid-linkifier` when the linkifier's expression is not valid.
 */
export function linkifierPattern(linkifier: Linkifier, options: MarkdownOptions): InlinePattern {
  const expression = compile(linkifier.pattern);
  return scanning((text, from, context) => {
    expression.lastIndex = from;
    const match = expression.exec(text);
    const found = match?.groups?.linkifier_match ?? "";
    if (!match || found === "") return undefined;
    const url = context.reveal(expand(linkifier.urlTemplate, match.groups ?? {}));
    const node = linkTo(url, found, options);
    return { start: match.index, end: match.index + found.length, node: node ?? found };
  });
}

function compile(pattern: string): RegExp {
  const source = `(?<=^|[\\s'"(,:<])(?<linkifier_match>${toStrictSource(pattern)})(?![\\p{L}\\p{N}])`;
  try {
    return new RegExp(source, "gu");
  } catch (cause) {
    throw new UserError(`The linkifier pattern "${pattern}" is not a regular expression.`, {
      code: "invalid-linkifier",
      hint: "Correct the pattern in the organisation's linkifiers.",
      cause,
    });
  }
}
