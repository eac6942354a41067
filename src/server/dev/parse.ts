/** What the page sends, checked: anybody who has the token can send anything. */
import { z } from "zod";
import { UserError } from "../../errors.ts";
import type { HttpRequest } from "../../host/http-exchange.ts";
import { parsedJson } from "../../host/json.ts";
import { requireSmall } from "./payload-size.ts";
import type { Draft, MessagesQuestion } from "./types.ts";
import type { FixturePlan } from "./workbench.ts";

const pairs = z.array(z.tuple([z.string(), z.string()]));
const encoding = z.enum(["utf8", "base64"]);

const draft = z.object({
  method: z.string().regex(/^[A-Z]{1,20}$/),
  // What a request line may hold.
  path: z.string().regex(/^\/[\x21-\x7e]*$/),
  parameters: pairs,
  headers: pairs,
  body: z.string(),
  encoding,
});

const fixturePlan = z.object({
  integration: z.string(),
  file: z.string(),
  body: z.string(),
  encoding,
  allowSecrets: z.literal(true).or(z.unknown().transform(() => false)),
});

const naming = z.object({
  integration: z.string(),
  madeFrom: z.string().optional().catch(undefined),
});

const question = z.object({
  against: z.enum(["seen", "commit"]),
  known: z.record(z.string(), z.string()),
  styles: z.string(),
});

const seen = z.object({ fixtures: z.array(z.string()) });

/** @throws UserError `not-json`. */
export async function readJson(request: HttpRequest): Promise<Record<string, unknown>> {
  const value = parsedJson((await request.bytes()).toString("utf8"));
  if (typeof value === "object" && value !== null) return value as Record<string, unknown>;
  throw new UserError("The request is no JSON object.", { code: "not-json" });
}

/** @throws UserError `bad-draft`, or `payload-too-large`. */
export function parseDraft(value: unknown): Draft {
  const parsed = checked(draft, value);
  requireSmall(Buffer.byteLength(parsed.body, parsed.encoding), "This payload");
  return parsed;
}

/** @throws UserError `bad-draft`. */
export const parseFixturePlan = (value: unknown): FixturePlan => checked(fixturePlan, value);

/** @throws UserError `bad-draft`. */
export function parseNaming(value: unknown): {
  integration: string;
  madeFrom: string | undefined;
  draft: Draft;
} {
  const { integration, madeFrom } = checked(naming, value);
  return { integration, madeFrom, draft: parseDraft(value) };
}

/** The fixtures that are marked as seen. @throws UserError `bad-draft`. */
export const parseSeen = (value: unknown): string[] => checked(seen, value).fixtures;

/** @throws UserError `bad-draft`. */
export const parseMessagesQuestion = (value: unknown): MessagesQuestion => checked(question, value);

/** Names the first part that is not as it has to be. */
function checked<T>(schema: z.ZodType<T>, value: unknown): T {
  const { data, error } = schema.safeParse(value);
  if (!error) return data;
  const part = String(error.issues[0]?.path[0] ?? "body");
  throw new UserError(`The request has no usable ${part}.`, { code: "bad-draft" });
}
