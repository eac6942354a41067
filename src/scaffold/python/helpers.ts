/** The small functions that drafted views bring along, as Python. */
import { wholeCurrencies } from "../../payload/index.ts";
import {
  HASH_LENGTH,
  MAX_LIST_LENGTH,
  MAX_QUOTE_LENGTH,
  type Shown,
  type Use,
} from "../message.ts";

/** A helper of a view. */
export interface Helper {
  readonly name: string;
  /** Constants it needs, as whole lines. */
  readonly constants: string;
  readonly source: string;
}

const link: Helper = {
  name: "get_link",
  constants: "",
  source: `def get_link(text: str, url: str) -> str:
    # Square brackets in the text could end the link early.
    text = text.replace("[", "(").replace("]", ")")
    return f"[{text}]({url})"`,
};

const quote: Helper = {
  name: "get_quote",
  constants: `MAX_QUOTE_LENGTH = ${MAX_QUOTE_LENGTH}`,
  source: `def get_quote(text: str) -> str:
    text = text.strip()
    text = text if len(text) <= MAX_QUOTE_LENGTH else text[:MAX_QUOTE_LENGTH] + "..."
    # A text with a fence of its own needs a longer one around it.
    fence = max(findall("~~~+", text), default="~~") + "~"
    return f"\\n\\n{fence} quote\\n{text}\\n{fence}"`,
};

const money: Helper = {
  name: "get_amount",
  constants: `# Currencies that have no smaller unit.
WHOLE_CURRENCIES = {${[...wholeCurrencies].map((code) => `"${code}"`).join(", ")}}`,
  source: `def get_amount(amount: int, currency: str) -> str:
    # Whole sums are taken to count the smallest unit of the currency, such as cents.
    currency = currency.upper()
    number = str(amount) if currency in WHOLE_CURRENCIES else f"{amount / 100:.2f}"
    return f"{number} {currency}"`,
};

/** A text that is whole in all captured payloads may be `10.50` in the next one. */
const textMoney: Helper = {
  name: "get_amount_of_text",
  constants: "",
  source: `def get_amount_of_text(amount: str, currency: str) -> str:
    is_whole = amount.lstrip("-").isdecimal()
    return get_amount(int(amount), currency) if is_whole else f"{amount} {currency}"`,
};

const list: Helper = {
  name: "get_list",
  constants: `MAX_LIST_LENGTH = ${MAX_LIST_LENGTH}`,
  source: `def get_list(lines: LIST_TYPE[str]) -> str:
    hidden = len(lines) - MAX_LIST_LENGTH
    more = [f"and {hidden} more"] if hidden > 0 else []
    return "".join(f"\\n* {line}" for line in [*lines[:MAX_LIST_LENGTH], *more])`,
};

const answer: Helper = {
  name: "get_answer",
  constants: "",
  source: `def get_answer(value: object, names: DICT_TYPE[str, str]) -> str:
    # Texts, numbers, ticked boxes, and lists of choices.
    text = "no answer" if value is None else str(value).replace("\\n", " ")
    word = ("yes" if value else "no") if isinstance(value, bool) else names.get(text, text)
    return (
        ", ".join(get_answer(choice, names) for choice in value)
        if isinstance(value, list)
        else word
    )`,
};

const branch: Helper = {
  name: "get_branch",
  constants: "",
  source: `def get_branch(ref: str) -> str:
    # Git's full name of a branch or a tag, such as refs/heads/main.
    return ref.split("/", 2)[-1] if ref.startswith("refs/") else ref`,
};

const byShown: Readonly<Partial<Record<Shown & string, Helper>>> = { quote, branch, answer };

/** The helpers that these uses call, in the order in which a view has them. */
export function helpersFor(uses: readonly Use[], hasLists: boolean): Helper[] {
  const used = new Set<Helper>();
  for (const use of uses) {
    if (use.use === "link" || (use.use === "field" && use.eachLink)) used.add(link);
    if (use.use === "money") used.add(money);
    if (use.use === "money" && use.amount.kind !== "integer") used.add(textMoney);
    const shown =
      use.use === "field" && typeof use.shown === "string" ? byShown[use.shown] : undefined;
    if (shown) used.add(shown);
  }
  if (hasLists) used.add(list);
  return [branch, money, textMoney, answer, link, list, quote].filter((helper) => used.has(helper));
}

/** A field's value as Python, from the expression that reads it. */
export function showPython(value: string, shown: (Shown & string) | undefined): string {
  switch (shown) {
    case "words":
      return `${value}.replace("_", " ")`;
    case "lower words":
      return `${value}.replace("_", " ").lower()`;
    case "site":
      return `${value}.split("/rest/api/")[0]`;
    case "trimmed":
      return `${value}.strip()`;
    case "without asterisks":
      return `${value}.replace("*", "")`;
    case "one line":
      return `${value}.replace("\\n", " ")`;
    case "after colon":
      return `${value}.split(": ", 1)[-1]`;
    case "after bracket":
      return `${value}.split("] ", 1)[-1]`;
    case "first line":
      return `${value}.split("\\n")[0]`;
    case "short hash":
      return `${value}[:${HASH_LENGTH}]`;
    case "seconds":
      return `timestamp_to_datetime(${value}).isoformat()`;
    case "milliseconds":
      return `timestamp_to_datetime(${value} // 1000).isoformat()`;
    case "yes or no":
      return `"yes" if ${value} else "no"`;
    case "quote":
      return `${quote.name}(${value})`;
    case "branch":
      return `${branch.name}(${value})`;
    default:
      return value;
  }
}
