/** What credentials and people's addresses look like, wherever they stand in a text. */

/** A place in a text, in UTF-16 units, and what it looks like. */
export interface Match {
  /** "a GitHub token". */
  readonly what: string;
  readonly from: number;
  readonly to: number;
  /** How what gives it away begins, when that is not the value itself: a link before its password. */
  readonly start?: string;
  /** Whether nothing else has its form: a key that its vendor marks as one. */
  readonly isVendors?: boolean;
}

interface Shape {
  readonly what: string;
  /** What each of them holds: most texts have it not, and need not be searched any further. */
  readonly holds: string;
  /** A group called `secret` is the secret part of it; without one all of it is. */
  readonly pattern: RegExp;
  /** Whether a text of this form is no credential, by its named groups. */
  readonly isNone?: (groups: Readonly<Record<string, string>>) => boolean;
  /** Others than a vendor's credentials that still give access have this form, too. */
  readonly isCommon?: true;
}

/** What stands in the place of a password: a word for it, what is filled in later, something masked, or a port. */
const word =
  /^(?:(?:my|your|the|some|api|db|auth|super)[-_]?)*(?:pass(?:word|wd|phrase|code)?|pwd?|secret|token|key|credentials?|change_?me|hidden|redacted|removed|masked|none|null|undefined|user(?:name)?|guest|test(?:ing)?|demo|foo|bar|admin|root)[-_]?\d{0,4}$|^[x*•.#_-]+$|^\d{1,5}$|[{}$[\]]|\*{3}|\.{3}|%[sd(]/i;
const isWord = (secret: string): boolean => word.test(secret);

/** Forms that services gave their credentials so that programs can find them. */
const credentials: readonly Shape[] = [
  { what: "a GitHub token", holds: "gh", pattern: /\bgh[pousr]_[A-Za-z0-9]{36,}\b/dg },
  { what: "a GitHub token", holds: "github_pat_", pattern: /\bgithub_pat_[A-Za-z0-9_]{60,}\b/dg },
  { what: "a GitLab token", holds: "glpat-", pattern: /\bglpat-[\w-]{20,}/dg },
  { what: "a Slack token", holds: "xox", pattern: /\bxox[abeprs]-\d{8,}-[\w-]{10,}/dg },
  {
    what: "a Slack webhook",
    holds: "hooks.slack.com",
    pattern: /hooks\.slack\.com\/services\/(?<secret>T\w{6,}\/B\w{6,}\/\w{20,})/dg,
  },
  {
    what: "an AWS key",
    holds: "A",
    // A signed link has only the name of the key: without the secret it gives access to nothing.
    pattern: /(?<!\b(?:X-Amz-Credential|AWSAccessKeyId)(?:=|%3D))\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/dg,
  },
  { what: "a Stripe key", holds: "k_live_", pattern: /\b[rs]k_live_[A-Za-z0-9]{20,}\b/dg },
  { what: "a Google API key", holds: "AIza", pattern: /\bAIza[\w-]{35}\b/dg },
  { what: "a SendGrid key", holds: "SG.", pattern: /\bSG\.[\w-]{20,}\.[\w-]{40,}/dg },
  { what: "an npm token", holds: "npm_", pattern: /\bnpm_[A-Za-z0-9]{36}\b/dg },
  { what: "a Shopify token", holds: "shp", pattern: /\bshp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}\b/dg },
  { what: "a Telegram token", holds: ":AA", pattern: /\b\d{8,10}:AA[\w-]{33}(?![\w-])/dg },
  { what: "a DigitalOcean token", holds: "_v1_", pattern: /\bdo[por]_v1_[0-9a-f]{64}\b/dg },
  {
    what: "a Discord webhook",
    holds: "api/webhooks/",
    pattern: /discord(?:app)?\.com\/api\/webhooks\/(?<secret>\d{17,20}\/[\w-]{60,})/dg,
  },
  {
    what: "a Teams webhook",
    holds: "webhookb2",
    pattern:
      /\.webhook\.office\.com\/webhookb2\/(?<secret>[0-9a-f-]{36}@[0-9a-f-]{36}\/IncomingWebhook\/[0-9a-f]{32}\/[0-9a-f-]{36})/dg,
  },
  { what: "an OpenAI key", holds: "sk-", pattern: /\bsk-(?:proj|svcacct|admin)-[\w-]{40,}/dg },
  { what: "an Anthropic key", holds: "sk-ant-", pattern: /\bsk-ant-[\w-]{40,}/dg },
  { what: "a Hugging Face token", holds: "hf_", pattern: /\bhf_[A-Za-z]{34}\b/dg },
  { what: "a PyPI token", holds: "pypi-", pattern: /\bpypi-AgEI[\w-]{50,}/dg },
  { what: "a Google client secret", holds: "GOCSPX-", pattern: /\bGOCSPX-[\w-]{28}(?![\w-])/dg },
  { what: "a Google access token", holds: "ya29.", pattern: /\bya29\.[\w-]{50,}/dg },
  { what: "an Atlassian token", holds: "ATATT3x", pattern: /\bATATT3x[\w=-]{60,}/dg },
  { what: "a Linear key", holds: "lin_", pattern: /\blin_(?:api|oauth)_[A-Za-z0-9]{40}\b/dg },
  { what: "a New Relic key", holds: "NR", pattern: /\bNR(?:AK|JS|II|RA)-[A-Z0-9]{27}\b/dg },
  { what: "a Databricks token", holds: "dapi", pattern: /\bdapi[0-9a-f]{32}\b/dg },
  { what: "a Postman key", holds: "PMAK-", pattern: /\bPMAK-[0-9a-f]{24}-[0-9a-f]{34}\b/dg },
  { what: "a Square token", holds: "sq0", pattern: /\bsq0(?:atp|csp)-[\w-]{22,43}(?![\w-])/dg },
  {
    what: "a private key",
    holds: "PRIVATE KEY",
    // Where the end is missing, the first line already says what it is.
    pattern:
      /-----BEGIN [A-Z ]*PRIVATE KEY-----(?:[A-Za-z0-9+/=\s\\]{0,8000}-----END [A-Z ]*PRIVATE KEY-----)?/dg,
  },
  {
    what: "a signed token",
    isCommon: true,
    holds: "eyJ",
    pattern: /(?<![\w-])eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{20,}/dg,
  },
  {
    what: "a password in a URL",
    isCommon: true,
    holds: "://",
    pattern:
      /\b[a-z][a-z\d]{1,15}(?:[+.-][a-z\d]{1,15})?:\/\/(?<user>[^\s/:@"'<>\\]{0,128}):(?<secret>[^\s/:@"'<>\\]{3,256})@(?=(?<host>[\w.-]{0,80}))/dgi,
    isNone: ({ user = "", secret = "", host = "" }) =>
      isWord(secret) ||
      secret.toLowerCase() === user.toLowerCase() ||
      // In an example even the password is one, unless it was left from a real URL.
      (/example/i.test(host) && !/^(?=.*\d)(?=.*[a-z]).{8,}$/i.test(secret)),
  },
];

/** Vendors' own examples say so in themselves, and so does what `redact` writes. */
const harmless = /example|x{8}|0{12}|1234567890/i;

/** What the pages of Sentry, Slack and Stripe show as an example, without saying so in it. */
const documented =
  /ebc35f33e151401f9deac549978bda11|^(?:Jhj5dZrVaK7ZwHHjRyZWjbDl|gIkuvaNzQIHg97ATvDxqgjtO|4eC39HqLyjWDarjtT1zdp7dc)$/;

/** Whether a value is an example that its vendor made public. */
export const isDocumented = (value: string): boolean => documented.test(value);

/** Credentials in a text. */
export function matchCredentials(text: string): Match[] {
  return credentials.flatMap(({ what, holds, pattern, isNone, isCommon }) =>
    (text.includes(holds) ? [...text.matchAll(pattern)] : []).flatMap((match) => {
      if (harmless.test(match[0]) || isDocumented(match[0])) return [];
      if (isNone?.(match.groups ?? {})) return [];
      const secret = match.indices?.groups?.secret;
      const [from, to] = secret ?? match.indices?.[0] ?? [0, 0];
      return [{ what, from, to, isVendors: !isCommon, ...(secret && { start: match[0] }) }];
    }),
  );
}

/** In any script. What follows a slash or a colon is part of a link, but for `mailto:`. */
const mail =
  /(?:(?<=mailto:)|(?<![\p{L}\p{N}_.%+/:-]))([\p{L}\p{N}_.%+-]{1,64})@((?:[\p{L}\p{N}-]{1,63}\.){1,10}\p{L}{2,12})(?![\p{L}\p{N}_:/-])/giu;

/** Names that stand for nobody. */
const nobody =
  /^(no-?reply|do-?not-?reply|git|user(name)?|test|example|foo|bar|support|info|hello|hi|contact|admin|root|notifications?|mailer|bot|security|team|you|me|someone|name|e?mail|amount|lawyer|client|customer|[a-z])[\d._+-]*$/i;

/** Domains that belong to nobody, or hide who it is. */
const reserved =
  /(^|\.)(example(\.[a-z.]+)?|test|invalid|localhost|local)$|^(example|test|domain|company|mycompany|acme|localhost|email|mail)\.|(^|\.)noreply\.|gserviceaccount\.com$|ingest\.|(^|\.)sentry\.io$/i;

/** What stands before the ID of a message, which has the form of an address: its key, or its header's name. */
const beforeMessageId =
  /(?:message[-_ ]?id|in[-_ ]reply[-_ ]to|references)\\{0,3}["']?\s{0,9}[:=]\s{0,9}\\{0,3}["']?<?$/i;
const LONGEST_BEFORE = 60;

/** Mail addresses in a text that could be a real person's. */
export function matchMailAddresses(text: string): Match[] {
  return [...text.matchAll(mail)].flatMap((match) => {
    const [address, name = "", domain = ""] = match;
    if (nobody.test(name) || reserved.test(domain)) return [];
    const before = text.slice(Math.max(0, match.index - LONGEST_BEFORE), match.index);
    if (/\d/.test(name) && beforeMessageId.test(before)) return [];
    return [{ what: "a mail address", from: match.index, to: match.index + address.length }];
  });
}
