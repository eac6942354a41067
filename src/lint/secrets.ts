/** Text that should not be in a public repository: credentials, and real people's mail addresses. */

/** Something found in a text. */
export interface Leak {
  /** What it looks like: "a GitHub token". */
  readonly what: string;
  /** Its first characters, so that it can be found without being repeated. */
  readonly start: string;
  /** From 1. */
  readonly line: number;
}

/** Forms that services gave their credentials so that programs can find them. */
const credentials: readonly [what: string, pattern: RegExp][] = [
  ["a GitHub token", /\bgh[pousr]_[A-Za-z0-9]{36,}\b/g],
  ["a GitHub token", /\bgithub_pat_[A-Za-z0-9_]{60,}\b/g],
  ["a GitLab token", /\bglpat-[\w-]{20,}/g],
  ["a Slack token", /\bxox[abeprs]-\d{8,}-[\w-]{10,}/g],
  ["a Slack webhook", /hooks\.slack\.com\/services\/T\w{6,}\/B\w{6,}\/\w{20,}/g],
  ["an AWS key", /\b(AKIA|ASIA)[0-9A-Z]{16}\b/g],
  ["a Stripe key", /\b[rs]k_live_[A-Za-z0-9]{20,}\b/g],
  ["a Google API key", /\bAIza[\w-]{35}\b/g],
  ["a SendGrid key", /\bSG\.[\w-]{20,}\.[\w-]{40,}/g],
  ["an npm token", /\bnpm_[A-Za-z0-9]{36}\b/g],
  ["a private key", /-----BEGIN [A-Z ]*PRIVATE KEY-----/g],
  ["a signed token", /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{20,}/g],
  [
    "a password in a URL",
    /\bhttps?:\/\/[^\s/:@"'<>]+:(?!\*|x+@)[^\s/:@"'<>]{3,}@(?!.{0,20}example)/gi,
  ],
];

/** Credentials in a text. Ones that vendors use as examples say so in themselves. */
export function findCredentials(text: string): Leak[] {
  return credentials.flatMap(([what, pattern]) =>
    [...text.matchAll(pattern)]
      .filter(([match]) => !/example|x{8}|0{12}|1234567890/i.test(match))
      .map((match) => leak(text, match, what)),
  );
}

const mail = /(?<![\w.%+/:-])([\w.%+-]{1,64})@((?:[a-z0-9-]+\.)+[a-z]{2,12})(?![\w:/-])/gi;

/** Names that stand for nobody. */
const nobody =
  /^(no-?reply|do-?not-?reply|git|user(name)?|test|example|foo|bar|support|info|hello|hi|contact|admin|root|notifications?|mailer|bot|security|team|you|me|someone|name|email|[a-z])[\d._+-]*$/i;

/** Domains that belong to nobody, or hide who it is. */
const reserved =
  /(^|\.)(example(\.[a-z.]+)?|test|invalid|localhost|local)$|^(example|test|domain|company|mycompany|acme|localhost|email|mail)\.|(^|\.)noreply\.|gserviceaccount\.com$|ingest\.|(^|\.)sentry\.io$/i;

/** Mail addresses that could be a real person's, each once. */
export function findMailAddresses(text: string): Leak[] {
  const found = new Map<string, Leak>();
  for (const match of text.matchAll(mail)) {
    const [address, name = "", domain = ""] = match;
    if (nobody.test(name) || reserved.test(domain) || found.has(address)) continue;
    found.set(address, leak(text, match, "a mail address"));
  }
  return [...found.values()];
}

const SHOWN = 6;

function leak(text: string, match: RegExpExecArray, what: string): Leak {
  const line = text.slice(0, match.index).split("\n").length;
  return { what, start: `${match[0].slice(0, SHOWN)}…`, line };
}
