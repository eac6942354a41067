import { isRecord } from "../../../host/json.ts";
import { headersOf, type ImportFormat, textAt, toRequest } from "./format.ts";

/** The answer of ngrok's inspector, `GET /api/requests/http`: one request or all of them. */
export const ngrok: ImportFormat = {
  name: "ngrok's inspector",
  read(value) {
    const list = isRecord(value) && Array.isArray(value.requests) ? value.requests : [value];
    const isOurs =
      list.length > 0 &&
      list.every((one) => isRecord(one) && isRecord(one.request) && "raw" in one.request);
    if (!isOurs) return undefined;
    return list.map((one: unknown) => {
      const { request, start } = one as { request: unknown; start?: unknown };
      return toRequest({
        method: textAt(request, "method"),
        url: textAt(request, "uri"),
        headers: headersOf(isRecord(request) ? request.headers : undefined),
        body: bodyOf(textAt(request, "raw") ?? ""),
        time: start,
      });
    });
  },
};

/** What was on the wire, as base64: the head ends at the first empty line. */
function bodyOf(raw: string): Buffer {
  const message = Buffer.from(raw, "base64");
  const end = message.indexOf("\r\n\r\n");
  return end < 0 ? Buffer.alloc(0) : message.subarray(end + 4);
}
