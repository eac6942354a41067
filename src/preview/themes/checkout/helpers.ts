/** The helpers that Connect's templates call (web/src/templates.js there), as far as they change what is seen. */
import Handlebars, { type HelperOptions } from "handlebars";

type Context = Record<string, unknown>;
type Inline = (context: unknown, options: object) => string;

/** More rounds than a template needs for a message; one that wants more is built to run without end. */
const MAX_ROUNDS = 2_000;

const { escapeExpression, isEmpty } = Handlebars.Utils;
const isTrue = (value: unknown): boolean => Boolean(value) && !isEmpty(value);

export interface Helpers {
  /** Their names; others than these cannot be called. */
  names: string[];
  /** Starts the count of rounds anew: to be called before each rendering. */
  restart(): void;
}

/** Puts the helpers into an environment of its own. */
export function registerHelpers(environment: typeof Handlebars): Helpers {
  const each = environment.helpers.each as Handlebars.HelperDelegate;
  environment.unregisterHelper("log");
  environment.unregisterHelper("lookup");
  let rounds = 0;
  const helpers: Record<string, Handlebars.HelperDelegate> = {
    each(this: unknown, list: unknown, options: HelperOptions) {
      rounds += Object.keys(Object(list)).length;
      if (rounds > MAX_ROUNDS) throw new RangeError("a template repeats itself without end");
      return each.call(this, list, options);
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
      const named = text.replace(/<(z-[\w-]+)>([\s\S]*?)<\/\1>/g, (all, name, inside) => {
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
    },
  };
}

function oneLine(text: string): string {
  return text.trim().replace(/\s*\n\s*/g, " ");
}

function withValues(text: string, valueFor: (name: string) => string): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => valueFor(name));
}

function own(object: object, name: string): unknown {
  return Object.hasOwn(object, name) ? (object as Context)[name] : undefined;
}
