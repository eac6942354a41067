/** Sending a fixture to a real server, and reading what it says. */
import { type HttpReply, sendHttp } from "../host/http-client.ts";
import type { HttpHeaders } from "../host/http-exchange.ts";
import { isRecord, parsedJson } from "../host/json.ts";

export interface PostOptions {
  url: URL;
  headers: HttpHeaders;
  body: Uint8Array;
  timeoutMs: number;
  signal: AbortSignal;
}

export interface PostResult {
  status: number;
  ok: boolean;
  /** The whole exchange, in milliseconds. */
  durationMs: number;
  /** What the server said about a failure; Connect's own words where it is Connect. */
  message?: string;
  /** Connect's word for the failure, such as `INVALID_API_KEY`. */
  code?: string;
}

const MAX_MESSAGE = 300;
/** What is looked at of a page, so that one of nothing but open tags is read in no time. */
const MAX_PAGE = 10_000;

/**
 * Posts it once.
 * @throws MachineError `no-answer` when the server cannot be reached.
 */
export async function postFixture(options: PostOptions): Promise<PostResult> {
  const reply = await sendHttp({ ...options, method: "POST" });
  const { status, durationMs } = reply;
  const ok = status >= 200 && status < 300 && isSuccess(reply);
  return { status, ok, durationMs, ...(ok ? {} : complaintOf(reply)) };
}

/** Connect says so in its answer: a page to log in at, and what stands before a server, answer 200 as well. */
function isSuccess({ body }: HttpReply): boolean {
  const answer = parsedJson(body.toString("utf8"));
  return isRecord(answer) && answer.result === "success";
}

function complaintOf(reply: HttpReply): { message: string; code?: string } {
  const { status, headers, body } = reply;
  if (status >= 300 && status < 400) {
    const to = headers.find(([name]) => name.toLowerCase() === "location")?.[1] ?? "";
    const place = URL.canParse(to) ? new URL(to).origin : "another place";
    return {
      message: `it points to ${place}, and nothing was sent there: give that address as --site`,
    };
  }
  const text = body.toString("utf8");
  const answer = parsedJson(text);
  const { msg, code: word } = isRecord(answer) ? answer : {};
  const said = typeof msg === "string" ? msg : plainText(text);
  const message =
    status < 300 && typeof msg !== "string" ? `no answer of Connect's: ${said}` : said;
  const code = typeof word === "string" ? word : undefined;
  return { message: message.slice(0, MAX_MESSAGE), ...(code !== undefined && { code }) };
}

/** A page of a proxy, without its markup. */
function plainText(text: string): string {
  return text
    .slice(0, MAX_PAGE)
    .replace(/<(style|script)\b[\s\S]*?<\/\1>|<[^<>]*>/gi, " ")
    .replace(/\s+/g, " ")
    .trim();
}
