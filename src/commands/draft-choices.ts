/** The options of `new` and `extend` by which authors say what the messages of a draft tell. */
import { hasPairedBraces } from "../scaffold/index.ts";
import { usage } from "./option-values.ts";

const FIELD = { value: "field", many: true, parse: parseField } as const;

/** Their specifications. */
export const choiceOptions = {
  show: {
    ...FIELD,
    description:
      "fields that the messages must show, by the keys that lead to them, such as customer.tier; for one event " +
      "order_paid=customer.tier; from each item of a list items.sku",
  },
  hide: {
    ...FIELD,
    description:
      "fields, or whole objects, that the draft must not use; '*' for all but the first line and what --show names",
  },
  headline: {
    value: "text",
    many: true,
    parse: (text: string) => parseTemplate(text, /[^\P{C}\n]/u),
    description:
      "the first line of the messages, with fields in braces, such as '{sender.name} paid {order.number}'; for one " +
      "event order_paid='…' (default: worded by the draft)",
  },
  topic: {
    value: "text",
    many: true,
    parse: (text: string) => parseTemplate(text, /\p{C}/u),
    description: "the topic, likewise, such as '{project.name} / {branch}'",
  },
} as const;

function parseField(text: string): string {
  if (text.trim() === "") throw usage("A field without a name was given.", "Write it as order.id.");
  refuseOpenEnd(text);
  return text;
}

/** Nothing stands behind the event's name. */
function refuseOpenEnd(text: string): void {
  if (/=\s*$/.test(text))
    throw usage(`Nothing stands behind the equals sign of '${text}'.`, "Write it as order_paid=….");
}

function parseTemplate(text: string, unfit: RegExp): string {
  const example = "Write it as '{order.number} was paid', with fields in braces.";
  if (text.trim() === "") throw usage("A text without a word was given.", example);
  if (unfit.test(text)) throw usage("A text has characters that no message may have.", example);
  refuseOpenEnd(text);
  if (!hasPairedBraces(text))
    throw usage(
      `The braces in '${text}' are not in pairs around fields.`,
      "Write {order.number} for a field, and {{ or }} for a brace.",
    );
  return text;
}
