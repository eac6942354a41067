/** What the page sends, checked: anybody who has the token can send anything. */
import { UserError } from "../../errors.ts";
import type { HttpRequest } from "../../host/http-exchange.ts";
import type { Draft } from "./types.ts";
import type { FixturePlan } from "./workbench.ts";

const METHOD = /^[A-Z]{1,20}$/;
/** What a request line may hold. */
const PATH = /^\/[\x21-\x7e]*$/;

/** @throws UserError `not-json`. */
export async function readJson(request: HttpRequest): Promise<Record<string, unknown>> {
  const text = (await request.bytes()).toString("utf8");
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null) return value as Record<string, unknown>;
  } catch {
    // Said below, as for any other value.
  }
  throw new UserError("The request is no JSON object.", { code: "not-json" });
}

/** @throws UserError `bad-draft`. */
export function parseDraft(value: Record<string, unknown>): Draft {
  const { method, path, parameters, headers, body, encoding } = value;
  if (typeof method !== "string" || !METHOD.test(method)) throw badDraft("method");
  if (typeof path !== "string" || !PATH.test(path)) throw badDraft("path");
  if (!isPairs(parameters)) throw badDraft("parameters");
  if (!isPairs(headers)) throw badDraft("headers");
  return { method, path, parameters, headers, ...parseBody(body, encoding) };
}

/** @throws UserError `bad-draft`. */
export function parseFixturePlan(value: Record<string, unknown>): FixturePlan {
  const { integration, file, body, encoding, allowSecrets } = value;
  if (typeof integration !== "string") throw badDraft("integration");
  if (typeof file !== "string") throw badDraft("file");
  const parsed = parseBody(body, encoding);
  return { integration, file, ...parsed, allowSecrets: allowSecrets === true };
}

/** @throws UserError `bad-draft`. */
export function parseNaming(value: Record<string, unknown>): {
  integration: string;
  madeFrom: string | undefined;
  draft: Draft;
} {
  const { integration, madeFrom } = value;
  if (typeof integration !== "string") throw badDraft("integration");
  const from = typeof madeFrom === "string" ? madeFrom : undefined;
  return { integration, madeFrom: from, draft: parseDraft(value) };
}

function parseBody(body: unknown, encoding: unknown): Pick<Draft, "body" | "encoding"> {
  if (typeof body !== "string") throw badDraft("body");
  if (encoding !== "utf8" && encoding !== "base64") throw badDraft("encoding");
  return { body, encoding };
}

function isPairs(value: unknown): value is [string, string][] {
  const isPair = (pair: unknown): boolean =>
    Array.isArray(pair) && pair.length === 2 && pair.every((part) => typeof part === "string");
  return Array.isArray(value) && value.every(isPair);
}

const badDraft = (part: string): UserError =>
  new UserError(`The request has no usable ${part}.`, { code: "bad-draft" });
