/** Requests that other tools recorded. The format is told by a file's content, never by its name. */
import { UserError } from "../../../errors.ts";
import { parsedJson } from "../../../host/json.ts";
import { utf8 } from "../body.ts";
import { curl } from "./curl.ts";
import type { ImportedRequest, ImportFormat } from "./format.ts";
import { github } from "./github.ts";
import { har } from "./har.ts";
import { ngrok } from "./ngrok.ts";
import { smee } from "./smee.ts";
import { webhookSite, webhookSiteCsv } from "./webhook-site.ts";

export type { ImportedRequest } from "./format.ts";

/** The first whose own it is reads a file. */
const formats: readonly ImportFormat[] = [
  curl,
  har,
  ngrok,
  github,
  webhookSite,
  smee,
  webhookSiteCsv,
];

/**
 * Reads the requests in a file.
 * @param file Its name, for errors.
 * @throws UserError `unknown-import`, `bad-import` or `empty-import`.
 */
export function readImport(
  file: string,
  bytes: Uint8Array,
): { format: string; requests: ImportedRequest[] } {
  const text = utf8(bytes);
  const value = text === undefined ? undefined : parsedJson(text);
  for (const { name, read } of text === undefined ? [] : formats) {
    const requests = reading(file, () => read(value, text ?? ""));
    if (!requests) continue;
    if (requests.length > 0) return { format: name, requests };
    throw new UserError(`${file} is ${name}, but holds no request with a body.`, {
      code: "empty-import",
      hint: "Record the service's request itself, and give that.",
    });
  }
  if (value === undefined && /^\s*[[{]/.test(text ?? "")) {
    throw new UserError(`${file} begins as JSON does, and is broken or cut off.`, {
      code: "bad-import",
      hint: "Save it again, and give the whole file.",
    });
  }
  throw new UserError(`${file} is none of the formats that can be imported.`, {
    code: "unknown-import",
    hint: "They are a curl command, a HAR file, and the JSON of webhook.site, ngrok, smee and GitHub's deliveries. A plain body goes to `new --payload`.",
  });
}

/** No stack is deep enough for what some files hold. */
function reading<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new UserError(`${file} is too large, or nested too deep, to be read.`, {
      code: "bad-import",
      hint: "Record the service's request itself, and give that.",
    });
  }
}
