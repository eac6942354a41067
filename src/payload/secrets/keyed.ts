/** Secrets and personal data that only the key of a JSON object or form field tells: `"client_secret": "…"`. */
import { boundaryOf, fieldPlaces } from "../parts.ts";
import { isDocumented, type Match } from "./shapes.ts";
import { type Field, fieldsOfForm, fieldsOfJson } from "./strings.ts";

interface Kind {
  readonly what: string;
  readonly kind: Sensitivity;
  /** Matched against the key in snake_case. */
  readonly key: RegExp;
  /** What a value of this kind looks like. */
  readonly value: RegExp;
}

/**
 * What one kind is held to. `person`: it tells of somebody, and gives access to nothing. `passing`: a credential only
 * while the request is new, since most services call conversations by the same name. Neither is looked for in fixtures
 * that are published already.
 */
export type Sensitivity = "credential" | "passing" | "person";

/** What a key gives away. */
export interface KeyedMatch extends Match {
  readonly kind: Sensitivity;
}

/** No secret: shorter ones, ones with blanks, and what stands for a missing one. */
const secretValue =
  /^(?!(?:true|false|null|none|undefined|redacted|hidden|secret|password|token|changeme|bearer)$)[\x21-\x7e]{6,4096}$/i;

/** Words, as people choose for a password: no sentence, which would end in a stop. */
const passwordValue = new RegExp(
  `${secretValue.source}|^[\\x21-\\x7e]{2,40}(?: [\\x21-\\x7e]{2,40}){2,7}(?<![.!?])$`,
  "i",
);

const kinds: readonly Kind[] = [
  {
    what: "a password",
    kind: "credential",
    key: /(^|_)(password|passwd|passphrase|pwd)$/,
    value: passwordValue,
  },
  {
    what: "a secret",
    kind: "credential",
    key: /(^|_)(secret|secret_key|signing_key|private_key|client_secret|shared_secret)$/,
    value: secretValue,
  },
  {
    what: "a token",
    kind: "credential",
    key: /^token$|(^|_)(access|auth|api|refresh|bearer|id|session|csrf|verification|bot|app|webhook|user|private|personal|security|secret)_token$/,
    value: secretValue,
  },
  {
    what: "a key",
    kind: "credential",
    key: /(^|_)(api_?key|access_key|auth_key|secret_access_key|encryption_key|license_key)$/,
    value: secretValue,
  },
  {
    what: "a header that signs in",
    kind: "credential",
    key: /^(http_)?(authorization|proxy_authorization|cookie|set_cookie)$/,
    value: /\S{6,}/,
  },
  {
    what: "a session",
    kind: "passing",
    key: /(^|_)(session_id|sessionid|session_key)$/,
    value: secretValue,
  },
  {
    what: "a phone number",
    kind: "person",
    key: /(^|_)(phone|phone_number|mobile|mobile_number|telephone|tel|fax|msisdn|whatsapp_number|wa_id)$/,
    value: /^\+?[\d\s().-]{7,24}$/,
  },
];

/** What canaries are called tells of no access: it is there to be taken. */
const CANARY = /canary_?token/i;

/** More characters than these are no placeholder. */
const LOOKED_AT = 10_000;

/**
 * What the keys of a text give away.
 * @param isForm The text is a form, else JSON, a form in parts, or anything that has JSON in it.
 */
export function matchKeyed(text: string, isForm: boolean): KeyedMatch[] {
  const found: KeyedMatch[] = [];
  const isCanary = CANARY.test(text);
  for (const { key, from, to } of isForm ? fieldsOfForm(text) : fieldsOfOthers(text)) {
    const kind = kinds.find(({ key: pattern }) => pattern.test(words(key)));
    const value = kind === undefined ? "" : text.slice(from, to);
    if (!kind || (isCanary && kind.what === "a token") || isPlaceholder(value.slice(0, LOOKED_AT)))
      continue;
    if (kind.value.test(isForm ? decoded(value) : value))
      found.push({ what: kind.what, kind: kind.kind, from, to });
  }
  return found;
}

function* fieldsOfOthers(text: string): Generator<Field, void> {
  const boundary = boundaryOf(text);
  const places = boundary === undefined ? [] : fieldPlaces(text, boundary);
  for (const { name: key, from, to } of places) yield { key, from, to };
  yield* fieldsOfJson(text);
}

/** Whether a value stands for another one: a placeholder, something masked, or what `redact` writes. */
export function isPlaceholder(value: string): boolean {
  if (isDocumented(value)) return true;
  return (
    /^[x*•.\-0#_<>{}[\]]+(?:[1-9]\d*)?$|x{6}|\*{3}|example|^<[^<>]*>$|^\{\{[^{}]*\}\}$/i.test(
      value,
    ) || isFictional(value)
  );
}

/** Numbers kept free for stories (555-01xx), ones that are next to nothing but zeros, one digit throughout, or counted up. */
function isFictional(number: string): boolean {
  const digits = number.replace(/[\s().+-]/g, "");
  if (!/^\d{6,}$/.test(digits)) return false;
  const zeros = digits.replace(/[^0]/g, "").length;
  return zeros >= digits.length - 4 || /55501\d\d$|1234567890$|0123456789$|^(\d)\1+$/.test(digits);
}

function words(key: string): string {
  return key
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replace(/[^A-Za-z0-9]+/g, "_")
    .toLowerCase()
    .replace(/^_+|(?<!_)_+$/g, "");
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value.replaceAll("+", " "));
  } catch {
    return value;
  }
}

/** International numbers as they are written anywhere: a plus sign, and groups of digits. */
const phone = /(?<![\w+@/:.-])\+[1-9]\d{0,2}[\s().-]{0,2}\d(?:[\s().-]{0,2}\d){6,12}(?![\w@])/g;

export function matchPhoneNumbers(text: string): Match[] {
  return (
    [...text.matchAll(phone)]
      // More digits before the only point than any country's code has are those of a decimal.
      .filter(([number]) => !isPlaceholder(number) && !/^\+\d{4,}\.\d+$/.test(number))
      .map((match) => ({
        what: "a phone number",
        from: match.index,
        to: match.index + match[0].length,
      }))
  );
}
