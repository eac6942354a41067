import type { HttpHeaders } from "../../../host/http-exchange.ts";
import { parseCsv } from "./csv.ts";
import {
  asForm,
  asTold,
  headersOf,
  type ImportedRequest,
  type ImportFormat,
  isObject,
  type Json,
  textAt,
  toRequest,
} from "./format.ts";

/** webhook.site's JSON: the answer of its API, one request of it, or a list. */
export const webhookSite: ImportFormat = {
  name: "webhook.site's JSON",
  read(value) {
    const rows = isObject(value) && Array.isArray(value.data) ? value.data : value;
    const list = Array.isArray(rows) ? rows : [rows];
    const isOurs =
      list.length > 0 &&
      list.every(
        (row) => isObject(row) && "content" in row && ("uuid" in row || "token_id" in row),
      );
    return isOurs ? list.map(requestOf) : undefined;
  },
};

/** The same as a table. */
export const webhookSiteCsv: ImportFormat = {
  name: "webhook.site's CSV",
  read(value, text) {
    if (value !== undefined) return undefined;
    const firstLine = text.slice(0, 2_000).split("\n")[0] ?? "";
    if (!/\bcontent\b/i.test(firstLine) || !/\bheaders\b/i.test(firstLine)) return undefined;
    const [names = [], ...rows] = parseCsv(text);
    const keys = names.map((name) => name.trim().toLowerCase().replace(/\s+/g, "_"));
    return rows
      .filter((row) => row.length > 1)
      .map((row) =>
        requestOf(Object.fromEntries(keys.map((key, index) => [key, row[index] ?? ""]))),
      );
  },
};

function requestOf(row: unknown): ImportedRequest {
  const fields = isObject(row) ? row : {};
  const headers = headersOf(parsed(fields.headers));
  return toRequest({
    method: textAt(row, "method"),
    url: textAt(row, "url"),
    ...asTold(headers, bodyOf(fields, headers)),
    time: utc(textAt(row, "created_at")),
  });
}

/** Of a form it may keep the fields alone. */
function bodyOf(fields: Json, headers: HttpHeaders): Buffer {
  const content = textAt(fields, "content") ?? "";
  const form = parsed(fields.request);
  const type = headers.find(([name]) => /^content-type$/i.test(name))?.[1] ?? "";
  const isKept = content === "" && isObject(form) && Object.keys(form).length > 0;
  return (isKept ? asForm(form, type) : undefined) ?? Buffer.from(content);
}

/** In the table the headers are JSON within a cell. */
function parsed(value: unknown): unknown {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}

/** It writes times of UTC without saying so. */
const utc = (time: string | undefined): string | undefined =>
  time && /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(time) ? `${time.replace(" ", "T")}Z` : time;
