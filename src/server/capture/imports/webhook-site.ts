import { type HttpHeaders, headerOf } from "../../../host/http-exchange.ts";
import { isRecord, parsedJson } from "../../../host/json.ts";
import { parseCsv } from "./csv.ts";
import {
  asForm,
  asTold,
  headersOf,
  type ImportedRequest,
  type ImportFormat,
  type Json,
  textAt,
  toRequest,
} from "./format.ts";

/** webhook.site's JSON: the answer of its API, one request of it, or a list. */
export const webhookSite: ImportFormat = {
  name: "webhook.site's JSON",
  read(value) {
    const answer = isRecord(value) && Array.isArray(value.data) ? value : undefined;
    const rows = answer?.data ?? value;
    const list: unknown[] = Array.isArray(rows) ? rows : [rows];
    const isOurs =
      (list.length > 0 || (answer !== undefined && "is_last_page" in answer)) &&
      list.every(
        (row) => isRecord(row) && "content" in row && ("uuid" in row || "token_id" in row),
      );
    return isOurs ? list.filter(isRequest).map(requestOf) : undefined;
  },
};

/** It keeps mail and queries of names beside requests. */
const isRequest = (row: unknown): boolean => !/^(email|dns)$/.test(textAt(row, "type") ?? "");

/** The same as a table. */
export const webhookSiteCsv: ImportFormat = {
  name: "webhook.site's CSV",
  read(value, text) {
    if (value !== undefined || /^\s*[[{]/.test(text)) return undefined;
    const firstLine = text.slice(0, 2_000).split("\n")[0] ?? "";
    if (!/\bcontent\b/i.test(firstLine) || !/\bheaders\b/i.test(firstLine)) return undefined;
    const [names = [], ...rows] = parseCsv(text);
    const keys = names.map((name) => name.trim().toLowerCase().replace(/\s+/g, "_"));
    return rows
      .filter((row) => row.length > 1)
      .map((row) => Object.fromEntries(keys.map((key, index) => [key, row[index] ?? ""])))
      .filter(isRequest)
      .map(requestOf);
  },
};

function requestOf(row: unknown): ImportedRequest {
  const fields = isRecord(row) ? row : {};
  const headers = headersOf(parsed(fields.headers));
  const told = bodyOf(fields, headers);
  const lostBody = isLost(fields, headers, told);
  return toRequest({
    method: textAt(row, "method"),
    url: textAt(row, "url"),
    lostBody,
    lostFiles: !lostBody && hasFiles(fields),
    ...asTold(headers, lostBody ? Buffer.alloc(0) : told),
    time: utc(textAt(row, "created_at")),
  });
}

/** It keeps the files of a form elsewhere, and no bytes that are no text. A form in parts is never empty. */
function isLost(fields: Json, headers: HttpHeaders, body: Buffer): boolean {
  const type = headerOf(headers, "content-type") ?? "";
  if (body.length > 0) return BINARY.test(type) && body.includes(REPLACED);
  const length = headerOf(headers, "content-length") ?? fields.size;
  return hasFiles(fields) || Number(length) > 0 || /^\s*multipart\//i.test(type);
}

function hasFiles({ files }: Json): boolean {
  return isRecord(files) && Object.keys(files).length > 0;
}

const BINARY = /^\s*(?:(?:image|audio|video|font)\/|application\/(?:octet-stream|pdf|zip)\b)/i;
/** What stands for bytes that are no text. */
const REPLACED = Buffer.from("\ufffd");

/** Of a form it may keep the fields alone. */
function bodyOf(fields: Json, headers: HttpHeaders): Buffer {
  const content = textAt(fields, "content") ?? "";
  const form = parsed(fields.request);
  const isKept = content === "" && isRecord(form) && Object.keys(form).length > 0;
  return (
    (isKept ? asForm(form, headerOf(headers, "content-type") ?? "") : undefined) ??
    Buffer.from(content)
  );
}

/** In the table the headers are JSON within a cell. */
const parsed = (value: unknown): unknown => (typeof value === "string" ? parsedJson(value) : value);

/** It writes times of UTC without saying so. */
const utc = (time: string | undefined): string | undefined =>
  time && /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(time) ? `${time.replace(" ", "T")}Z` : time;
