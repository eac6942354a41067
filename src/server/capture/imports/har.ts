import { isRecord } from "../../../host/json.ts";
import { asTold, headerList, type ImportFormat, textAt, toRequest } from "./format.ts";

/** HTTP Archive 1.2, as browsers and proxies write it. Only requests with a body count: the rest is a page's own. */
export const har: ImportFormat = {
  name: "a HAR file",
  read(value) {
    const log = isRecord(value) ? value.log : undefined;
    if (!isRecord(log) || !Array.isArray(log.entries)) return undefined;
    return log.entries.flatMap((entry: unknown) => {
      if (!isRecord(entry) || !isRecord(entry.request)) return [];
      const { request } = entry;
      const body = bodyOf(request.postData);
      if (!body) return [];
      return toRequest({
        method: textAt(request, "method"),
        url: textAt(request, "url"),
        ...asTold(headerList(request.headers), body),
        time: entry.startedDateTime,
      });
    });
  },
};

function bodyOf(data: unknown): Buffer | undefined {
  const text = textAt(data, "text");
  if (text) return Buffer.from(text, textAt(data, "encoding") === "base64" ? "base64" : "utf8");
  const params = isRecord(data) ? data.params : undefined;
  if (!Array.isArray(params) || params.length === 0) return undefined;
  const form = new URLSearchParams();
  for (const param of params)
    form.append(textAt(param, "name") ?? "", textAt(param, "value") ?? "");
  return Buffer.from(form.toString());
}
