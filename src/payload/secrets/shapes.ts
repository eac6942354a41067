/** What credentials and people's addresses look like, wherever they stand in a text. */

/** A place in a text, in UTF-16 units, and what it looks like. */
export interface Match {
  /** "a GitHub token". */
  readonly what: string;
  readonly from: number;
  readonly to: number;
  /** How what gives it away begins, when that is not the value itself: a link before its password. */
  readonly start?: string;
}

interface Shape {
  readonly what: string;
  /** A group called `secret` is the secret part of it; without one all of it is. */
  readonly pattern: RegExp;
}

/** Forms that services gave their credentials so that programs can find them. */
const credentials: readonly Shape[] = [
  { what: "a GitHub token", pattern: /\bgh[pousr]_[A-Za-z0-9]{36,}\b/dg },
  { what: "a GitHub token", pattern: /\bgithub_pat_[A-Za-z0-9_]{60,}\b/dg },
  { what: "a GitLab token", pattern: /\bglpat-[\w-]{20,}/dg },
  { what: "a Slack token", pattern: /\bxox[abeprs]-\d{8,}-[\w-]{10,}/dg },
  {
    what: "a Slack webhook",
    pattern: /hooks\.slack\.com\/services\/(?<secret>T\w{6,}\/B\w{6,}\/\w{20,})/dg,
  },
  { what: "an AWS key", pattern: /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/dg },
  { what: "a Stripe key", pattern: /\b[rs]k_live_[A-Za-z0-9]{20,}\b/dg },
  { what: "a Google API key", pattern: /\bAIza[\w-]{35}\b/dg },
  { what: "a SendGrid key", pattern: /\bSG\.[\w-]{20,}\.[\w-]{40,}/dg },
  { what: "an npm token", pattern: /\bnpm_[A-Za-z0-9]{36}\b/dg },
  {
    what: "a private key",
    // Where the end is missing, the first line already says what it is.
    pattern:
      /-----BEGIN [A-Z ]*PRIVATE KEY-----(?:[A-Za-z0-9+/=\s\\]{0,8000}-----END [A-Z ]*PRIVATE KEY-----)?/dg,
  },
  { what: "a signed token", pattern: /(?<![\w-])eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{20,}/dg },
  {
    what: "a password in a URL",
    pattern:
      /\bhttps?:\/\/[^\s/:@"'<>]+:(?!\*|x+@)(?<secret>[^\s/:@"'<>]{3,})@(?!.{0,20}example)/dgi,
  },
];

/** Vendors' own examples say so in themselves, and so does what `redact` writes. */
const harmless = /example|x{8}|0{12}|1234567890/i;

/** Credentials in a text. */
export function matchCredentials(text: string): Match[] {
  return credentials.flatMap(({ what, pattern }) =>
    [...text.matchAll(pattern)].flatMap((match) => {
      if (harmless.test(match[0])) return [];
      const secret = match.indices?.groups?.secret;
      const [from, to] = secret ?? match.indices?.[0] ?? [0, 0];
      return [{ what, from, to, ...(secret && { start: match[0] }) }];
    }),
  );
}

const mail =
  /(?<![\w.%+/:-])([\w.%+-]{1,64})@((?:[a-z0-9-]{1,63}\.){1,10}[a-z]{2,12})(?![\w:/-])/gi;

/** Names that stand for nobody. */
const nobody =
  /^(no-?reply|do-?not-?reply|git|user(name)?|test|example|foo|bar|support|info|hello|hi|contact|admin|root|notifications?|mailer|bot|security|team|you|me|someone|name|email|[a-z])[\d._+-]*$/i;

/** Domains that belong to nobody, or hide who it is. */
const reserved =
  /(^|\.)(example(\.[a-z.]+)?|test|invalid|localhost|local)$|^(example|test|domain|company|mycompany|acme|localhost|email|mail)\.|(^|\.)noreply\.|gserviceaccount\.com$|ingest\.|(^|\.)sentry\.io$/i;

/** Mail addresses in a text that could be a real person's. */
export function matchMailAddresses(text: string): Match[] {
  return [...text.matchAll(mail)].flatMap((match) => {
    const [address, name = "", domain = ""] = match;
    if (nobody.test(name) || reserved.test(domain)) return [];
    return [{ what: "a mail address", from: match.index, to: match.index + address.length }];
  });
}
