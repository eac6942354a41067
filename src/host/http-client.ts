/** Sending one HTTP request. No redirect is followed: what was meant for one address goes to no other. */
import { type IncomingMessage, request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import { MachineError } from "../errors.ts";
import { systemCode } from "./file-error.ts";
import { type HttpHeaders, headerPairs } from "./http-exchange.ts";

export interface HttpSend {
  /** Of http or https. What is secret in it is never part of an error. */
  url: URL;
  method: string;
  headers: HttpHeaders;
  body: Uint8Array;
  /** For the whole exchange. */
  timeoutMs: number;
  signal?: AbortSignal;
  /** Of the answer; what is longer is cut. */
  maxBytes?: number;
}

export interface HttpReply {
  status: number;
  /** Its order and case kept. */
  headers: HttpHeaders;
  body: Buffer;
  durationMs: number;
}

const MAX_BYTES = 1_000_000;

/**
 * Sends a request and reads the answer.
 * @throws MachineError `no-answer` whose message names the host, never the path or the query.
 */
export async function sendHttp(send: HttpSend): Promise<HttpReply> {
  const started = performance.now();
  const timeout = AbortSignal.timeout(send.timeoutMs);
  const signal = send.signal ? AbortSignal.any([send.signal, timeout]) : timeout;
  try {
    const message = await exchange(send, signal);
    const body = await bodyOf(message, send.maxBytes ?? MAX_BYTES);
    return {
      status: message.statusCode ?? 0,
      headers: headerPairs(message.rawHeaders),
      body,
      durationMs: performance.now() - started,
    };
  } catch (error) {
    if (send.signal?.aborted) throw send.signal.reason;
    throw noAnswer(send, timeout.aborted ? "ETIMEDOUT" : systemCode(error));
  }
}

function exchange(send: HttpSend, signal: AbortSignal): Promise<IncomingMessage> {
  const { url, method, headers, body } = send;
  const request = (url.protocol === "https:" ? requestHttps : requestHttp)(url, {
    method,
    // A connection of its own: one that is kept could be closed under a request.
    agent: false,
    signal,
  });
  for (const [name, value] of headers) request.appendHeader(name, value);
  if (body.length > 0 || method !== "GET") request.setHeader("Content-Length", body.length);
  return new Promise((done, fail) => {
    request.once("response", done);
    request.once("error", fail);
    request.end(body);
  });
}

async function bodyOf(message: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of message as AsyncIterable<Buffer>) {
    parts.push(part.subarray(0, maxBytes - size));
    size += part.length;
    if (size >= maxBytes) break;
  }
  return Buffer.concat(parts);
}

function noAnswer({ url, timeoutMs }: HttpSend, code = "no answer"): MachineError {
  const reasons: Record<string, string> = {
    ECONNREFUSED: "nothing listens there",
    ENOTFOUND: "there is no such host",
    EAI_AGAIN: "its name cannot be looked up",
    ETIMEDOUT: `it did not answer within ${timeoutMs / 1000} s`,
    ECONNRESET: "it closed the connection",
    DEPTH_ZERO_SELF_SIGNED_CERT: "its certificate is self-signed",
    SELF_SIGNED_CERT_IN_CHAIN:
      "its certificate is not signed by an authority that this machine trusts",
    UNABLE_TO_VERIFY_LEAF_SIGNATURE: "its certificate cannot be verified",
    CERT_HAS_EXPIRED: "its certificate has expired",
    ERR_TLS_CERT_ALTNAME_INVALID: "its certificate is for another host",
    EPROTO: "it does not speak https",
  };
  const reason = code.startsWith("HPE_") ? "it does not answer in HTTP" : (reasons[code] ?? code);
  return new MachineError(`${url.host} could not be reached: ${reason}.`, {
    code: "no-answer",
    hint: /CERT|TLS|VERIFY/.test(code)
      ? "Name the authority that signed it in NODE_EXTRA_CA_CERTS."
      : "Check the address, and that the server is running.",
  });
}

/** Whether a host name or address means this machine, so that nobody is on the way to it. */
export function isLocalHost(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, "").toLowerCase();
  return (
    bare === "localhost" ||
    bare.endsWith(".localhost") ||
    bare === "::1" ||
    /^127\.\d+\.\d+\.\d+$/.test(bare)
  );
}
