/** Keys of payloads as labels for people. */
import { plural } from "../../payload/index.ts";

/** Words that are written in capitals. */
const acronyms = new Set(
  `api arn aws ci cpu cpus crm cve cvss cwe dns ean eta gps gpu html http https iban id ip isbn iso isp jpg json kpi mac mfa nps os otp pdf
  png psp qa ram rss sdk seo sha sku sla sms sql ssh ssl sso tcp tls ttl udp ui upc uri url utc uuid vat vm vpn xml`.split(
    /\s+/,
  ),
);
/** What keys shorten, and people do not. */
const shortened = new Map(
  Object.entries({
    org: "organization",
    qty: "quantity",
    addr: "address",
    dest: "destination",
    env: "environment",
    est: "estimated",
  }),
);
/** Before a name they say which of several it is. */
const ownNames = /^(first|last|full|given|family|middle|user|display|nick|file|host|domain|brand)$/;

const MAX_LENGTH = 40;

/** A key as a label, without the marks that could break the Markdown around it. */
export function labelOf(key: string): string {
  const bare = key.replace(/^(formatted|num)_/, "");
  const words = bare
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replace(/([A-Z])([A-Z][a-z])/g, "$1 $2")
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, " ")
    .replace(/ date time$/i, " time");
  const told = withoutSuffix(words.trim().toLowerCase().split(" "))
    .map((word) => (acronyms.has(word) ? word.toUpperCase() : (shortened.get(word) ?? word)))
    .join(" ");
  const text = [...told].slice(0, MAX_LENGTH).join("").trim();
  return text === "" ? "Value" : text.charAt(0).toUpperCase() + text.slice(1);
}

/** A label within a sentence. */
export const inSentence = (label: string): string =>
  /^\p{Lu}{2}/u.test(label) ? label : label.charAt(0).toLowerCase() + label.slice(1);

/** That an owner is told by name, or comments by their number, the value shows. */
function withoutSuffix(words: readonly string[]): readonly string[] {
  const [before, last] = [words.slice(0, -1), words.at(-1)];
  const word = before.at(-1);
  if (word === undefined) return words;
  if (last === "count" && word !== "total")
    return [...before.slice(0, -1), word.endsWith("s") ? word : plural(word)];
  return last === "name" && !ownNames.test(word) ? before : words;
}
