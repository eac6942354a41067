/** The helpers that Connect's templates call (web/src/templates.js there), as far as they change what is seen. */
import Handlebars, { type HelperOptions } from "handlebars";

type Context = Record<string, unknown>;
type Inline = (context: unknown, options: object) => string;

/** More rounds than a template needs for a message; one that wants more is built to run without end. */
const MAX_ROUNDS = 2_000;
/** The same of templates that include others. */
const MAX_INCLUSIONS = 5_000;
/** What all parts of a rendering may come to, in UTF-16 units; each is counted again in what includes it. */
const MAX_LENGTH = 20_000_000;
/** The longest text with names in it that a template may ask to have put together, in UTF-16 units. */
const MAX_TEXT = 20_000;

const { escapeExpression, isEmpty } = Handlebars.Utils;
const isTrue = (value: unknown): boolean => Boolean(value) && !isEmpty(value);

/** The part of Handlebars' own runtime that includes a template in another. */
interface Runtime {
  invokePartial(this: unknown, ...args: unknown[]): unknown;
}

export interface Helpers {
  /** Their names; others than these cannot be called. */
  names: string[];
  /** Starts the counts anew: to be called before each rendering. */
  restart(): void;
}

/** Puts the helpers into an environment of its own. */
export function registerHelpers(environment: typeof Handlebars): Helpers {
  const each = environment.helpers.each as Handlebars.HelperDelegate;
  environment.unregisterHelper("log");
  environment.unregisterHelper("lookup");
  let rounds = 0;
  let inclusions = 0;
  let length = 0;
  const grow = (html: unknown): unknown => {
    length += String(html ?? "").length;
    if (length > MAX_LENGTH) throw new RangeError("a template makes more than any message is");
    return html;
  };
  // Also of those that a template defines itself.
  const runtime = environment.VM as typeof environment.VM & Runtime;
  const { invokePartial } = runtime;
  const counted: Runtime = {
    invokePartial(this: unknown, ...args: unknown[]) {
      inclusions += 1;
      if (inclusions > MAX_INCLUSIONS)
        throw new RangeError("templates include each other without end");
      return grow(invokePartial.apply(this, args));
    },
  };
  environment.VM = { ...runtime, ...counted };
  const helpers: Record<string, Handlebars.HelperDelegate> = {
    each(this: unknown, list: unknown, options: HelperOptions) {
      rounds += Object.keys(Object(list)).length;
      if (rounds > MAX_ROUNDS) throw new RangeError("a template repeats itself without end");
      return grow(each.call(this, list, options));
    },
    eq: (a: unknown, b: unknown) => a === b,
    and: (...values: unknown[]) => values.slice(0, -1).every(isTrue),
    or: (...values: unknown[]) => values.slice(0, -1).some(isTrue),
    not: (value: unknown) => !isTrue(value),
    t(this: Context, message: unknown) {
      return withValues(oneLine(String(message)), (name) => String(own(this, name) ?? ""));
    },
    tr(this: Context, options: HelperOptions & { fn: { partials?: Record<string, Inline> } }) {
      const text = oneLine(options.fn(this));
      if (text.length > MAX_TEXT) throw new RangeError("a text to translate is too long");
      const named = replaceTags(text, (all, name, inside) => {
        const inline = own(options.fn.partials ?? {}, name) as Inline | undefined;
        return inline?.(this, { data: { "partial-block": () => inside } }) ?? all;
      });
      return new Handlebars.SafeString(
        withValues(named, (name) => escapeExpression(String(own(this, name) ?? ""))),
      );
    },
    // Only a message's own HTML counts as such, whatever a template hands over.
    rendered_markdown: (content: unknown) =>
      content instanceof Handlebars.SafeString ? content : String(content ?? ""),
    numberFormat: (value: unknown) => String(value),
    plural: (...values: unknown[]) => String(values[1] ?? ""),
    tooltip_hotkey_hints: () => "",
    popover_hotkey_hints: () => "",
  };
  environment.registerHelper(helpers);
  const builtIn = ["if", "unless", "with", "blockHelperMissing", "helperMissing"];
  return {
    names: [...Object.keys(helpers), ...builtIn],
    restart: () => {
      rounds = 0;
      inclusions = 0;
      length = 0;
    },
  };
}

function oneLine(text: string): string {
  return text.trim().replace(/\s+/g, (blanks) => (blanks.includes("\n") ? " " : blanks));
}

/** Replaces `<z-name>…</z-name>`, from left to right; a tag that never closes stays. */
function replaceTags(
  text: string,
  replace: (all: string, name: string, inside: string) => string,
): string {
  let replaced = "";
  let done = 0;
  const open = new Set<string>();
  for (const { 0: tag, 1: name = "", index } of text.matchAll(/<(z-[\w-]+)>/g)) {
    if (index < done || open.has(name)) continue;
    const end = text.indexOf(`</${name}>`, index);
    if (end < 0) {
      open.add(name);
      continue;
    }
    const after = end + name.length + 3;
    const inside = text.slice(index + tag.length, end);
    replaced += text.slice(done, index) + replace(text.slice(index, after), name, inside);
    done = after;
  }
  return replaced + text.slice(done);
}

function withValues(text: string, valueFor: (name: string) => string): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => valueFor(name));
}

function own(object: object, name: string): unknown {
  return Object.hasOwn(object, name) ? (object as Context)[name] : undefined;
}
