/** How services sign what they send, so that a server that checks it takes a fixture for real. One row a scheme. */
import { createHmac } from "node:crypto";
import { UserError } from "../errors.ts";

export interface ToSign {
  readonly body: Uint8Array;
  readonly secret: string;
  /** Seconds since 1970. */
  readonly seconds: number;
  /** For `standard`: the message's own name. */
  readonly id: string;
  /** For `hmac`: the header to put it in. */
  readonly header: string;
}

type Headers = [name: string, value: string][];
type Scheme = (input: ToSign) => Headers;

type Encoding = "hex" | "base64";

function hmac(
  secret: string | Buffer,
  encoding: Encoding,
  ...parts: (string | Uint8Array)[]
): string {
  const hash = createHmac("sha256", secret);
  for (const part of parts) hash.update(part);
  return hash.digest(encoding);
}

/** A header with the body's HMAC-SHA256. */
const plain =
  (name: string, encoding: Encoding = "hex", prefix = ""): Scheme =>
  ({ body, secret }) => [[name, prefix + hmac(secret, encoding, body)]];

const schemes = {
  github: plain("X-Hub-Signature-256", "hex", "sha256="),
  bitbucket: plain("X-Hub-Signature", "hex", "sha256="),
  gitea: plain("X-Gitea-Signature"),
  // GitLab sends the secret itself.
  gitlab: ({ secret }) => [["X-Gitlab-Token", secret]],
  shopify: plain("X-Shopify-Hmac-Sha256", "base64"),
  linear: plain("Linear-Signature"),
  sentry: plain("Sentry-Hook-Signature"),
  stripe: ({ body, secret, seconds }) => [
    ["Stripe-Signature", `t=${seconds},v1=${hmac(secret, "hex", `${seconds}.`, body)}`],
  ],
  slack: ({ body, secret, seconds }) => [
    ["X-Slack-Request-Timestamp", String(seconds)],
    ["X-Slack-Signature", `v0=${hmac(secret, "hex", `v0:${seconds}:`, body)}`],
  ],
  zoom: ({ body, secret, seconds }) => [
    ["x-zm-request-timestamp", String(seconds)],
    ["x-zm-signature", `v0=${hmac(secret, "hex", `v0:${seconds}:`, body)}`],
  ],
  /** standardwebhooks.com, as Svix, Clerk, Resend and others use it. */
  standard: ({ body, secret, seconds, id }) => {
    const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
    return [
      ["webhook-id", id],
      ["webhook-timestamp", String(seconds)],
      ["webhook-signature", `v1,${hmac(key, "base64", `${id}.${seconds}.`, body)}`],
    ];
  },
  hmac: (input) => plain(input.header)(input),
} satisfies Record<string, Scheme>;

/** The names that `--sign` takes. */
export const signatureSchemes = Object.keys(schemes) as (keyof typeof schemes)[];

/**
 * The headers that sign a body.
 * @throws UserError `unknown-scheme`.
 */
export function sign(scheme: string, input: ToSign): Headers {
  const found = signatureSchemes.find((name) => name === scheme);
  if (found) return (schemes[found] as Scheme)(input);
  throw new UserError(`There is no signature scheme called ${scheme}.`, {
    code: "unknown-scheme",
    hint: `There are ${signatureSchemes.join(", ")}.`,
  });
}
