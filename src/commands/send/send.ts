/** The part of `send` that sends. */
import { randomUUID } from "node:crypto";
import type { Checkout, Integration } from "../../checkout/model.ts";
import type { Engine } from "../../engine/index.ts";
import { UserError } from "../../errors.ts";
import { readBytes, resolveInside } from "../../host/files.ts";
import type { HttpHeaders } from "../../host/http-exchange.ts";
import { deliveryConfigFor, type PictureConfig, requestFor } from "../../preview/index.ts";
import { addressOf, type PostResult, postFixture, sign } from "../../remote/index.ts";
import { printableLine } from "../../ui/steering.ts";
import { count, duration } from "../../ui/text.ts";
import type { AddressInput } from "../address-input.ts";
import type { Context } from "../define.ts";
import { withEngine } from "../engine.ts";

export interface Signing {
  scheme: string;
  secret: string;
  /** The header for a signature that no service prescribes one for. */
  header: string;
}

export interface Sending {
  /** Undefined when the bodies are not signed. */
  readonly signing: Signing | undefined;
  readonly botEmail: string | undefined;
  readonly timeoutMs: number;
  readonly integration: Integration;
  /** File names. */
  readonly fixtures: readonly string[];
  readonly address: AddressInput;
  /** On top of the fixtures' own. */
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Sends them one after the other, and tells how it went.
 * @returns How many the server did not take.
 */
export async function sendFixtures(sending: Sending, context: Context): Promise<number> {
  const { out } = context;
  const checkout = await context.checkout();
  const { root, dialect } = checkout;
  const configs = sending.fixtures.map((fixture) =>
    deliveryConfigFor(sending.integration, fixture, dialect.imageRoot),
  );
  for (const config of configs) requireSignIn(config, sending);
  const sent: { fixture: string; result: PostResult }[] = [];
  await withEngine({ root, targets: [sending.integration] }, context, async (engine) => {
    for (const config of configs) {
      const { fixture } = config;
      const result = await sendOne(engine, checkout, config, sending, context);
      sent.push({ fixture, result });
      out.data(lineOf(fixture, result, sending, context));
    }
  });
  const failed = sent.filter(({ result }) => !result.ok).length;
  report(sent, failed, sending, context);
  return failed;
}

function requireSignIn({ useBasicAuth }: PictureConfig, { botEmail, integration }: Sending): void {
  if (!useBasicAuth || botEmail !== undefined) return;
  throw new UserError(`${integration.name} uses Basic authentication.`, {
    code: "missing-answers",
    hint: "Give the bot's email address with --bot-email.",
  });
}

async function sendOne(
  engine: Engine,
  checkout: Checkout,
  config: PictureConfig,
  sending: Sending,
  { signal, out }: Context,
): Promise<PostResult> {
  const { integration, address, timeoutMs } = sending;
  // The view's own function says which headers a fixture comes with, and only Python can ask it.
  const request = requestFor(checkout, integration, config, sending.headers);
  const { sent } = await engine.deliver({ ...request, useBasicAuth: false });
  const contentType = sent?.contentType ?? "application/json";
  const body = await bodyOf(checkout.root, sending.integration, config.fixture, contentType);
  const more: Record<string, string> = { ...config.extraParams };
  if (config.payloadAsQueryParam) more[config.payloadParamName] = body.toString("utf8");
  const url = addressOf({ ...address, more });
  const headers: HttpHeaders = [
    ["Content-Type", contentType],
    ["User-Agent", "connect-webhook"],
    ...wireHeaders(sent?.headers ?? {}, sending),
    ...signatureOf(body, sending),
  ];
  out.detail(`POST ${url.origin}${url.pathname} with ${headers.map(([name]) => name).join(", ")}`);
  return postFixture({ url, headers, body, timeoutMs, signal });
}

async function bodyOf(
  root: string,
  { fixturesDirectory }: Integration,
  fixture: string,
  contentType: string,
): Promise<Buffer> {
  if (fixture === "") return Buffer.alloc(0);
  const bytes = await readBytes(resolveInside(root, fixturesDirectory, fixture));
  if (!contentType.startsWith("multipart/")) return bytes;
  // Editors and git turn the line ends that the format asks for into single ones.
  const lines = bytes.toString("latin1").replace(/\r?\n/g, "\r\n");
  return Buffer.from(lines, "latin1");
}

/** Django's names as they stand on the wire. */
function wireHeaders(
  headers: Readonly<Record<string, string>>,
  { botEmail, address }: Sending,
): [string, string][] {
  const own = Object.entries(headers).map(([name, value]): [string, string] => [
    wireName(name),
    value,
  ]);
  if (botEmail === undefined) return own;
  return [...own, ["Authorization", `Basic ${credentialsOf(botEmail, address.apiKey)}`]];
}

function wireName(name: string): string {
  return name
    .replace(/^HTTP_/, "")
    .split("_")
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1).toLowerCase())
    .join("-");
}

function signatureOf(body: Uint8Array, { signing }: Sending): [string, string][] {
  if (!signing) return [];
  const { scheme, secret, header } = signing;
  const seconds = Math.floor(Date.now() / 1000);
  return sign(scheme, { body, secret, header, seconds, id: `msg_${randomUUID()}` });
}

function lineOf(
  fixture: string,
  { ok, status, durationMs, message }: PostResult,
  sending: Sending,
  { out: { paint } }: Context,
): string {
  const sign = ok ? paint.green("✓") : paint.red("✗");
  const line = `${sign} ${fixture || "(no body)"}  ${status}  ${paint.dim(duration(durationMs))}`;
  return ok ? line : `${line}\n    ${printableLine(withoutSecrets(message ?? "", sending))}`;
}

/** A server may repeat what it was sent, also as it stood in the URL or in the header that signs in. */
function withoutSecrets(text: string, { address, signing, botEmail }: Sending): string {
  const signIn = botEmail === undefined ? [] : [credentialsOf(botEmail, address.apiKey)];
  const secrets = [...signIn, address.apiKey, ...(signing ? [signing.secret] : [])];
  const forms = secrets.flatMap((secret) => [secret, encodeURIComponent(secret)]);
  return forms.reduce((left, secret) => left.replaceAll(secret, "…"), text);
}

/** As Basic authentication has them. */
function credentialsOf(botEmail: string, apiKey: string): string {
  return Buffer.from(`${botEmail}:${apiKey}`).toString("base64");
}

function report(
  sent: readonly { fixture: string; result: PostResult }[],
  failed: number,
  sending: Sending,
  { out }: Context,
): void {
  out.report({
    version: 1,
    integration: sending.integration.name,
    site: sending.address.site.origin,
    summary: { total: sent.length, sent: sent.length - failed, failed },
    fixtures: sent.map(({ fixture, result: { message, durationMs, ...result } }) => ({
      fixture,
      ...result,
      durationMs: Math.round(durationMs),
      ...(message !== undefined && { message: withoutSecrets(message, sending) }),
    })),
  });
  if (sent.length > 1) {
    out.data(`${count(sent.length - failed, "fixture")} taken, ${failed} refused.`);
  }
}
