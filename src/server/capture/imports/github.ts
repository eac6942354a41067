import { isRecord } from "../../../host/json.ts";
import { asJson, asTold, headersOf, type ImportFormat, toRequest } from "./format.ts";

/** A delivery as GitHub's API tells it (`GET /repos/{owner}/{repo}/hooks/{id}/deliveries/{id}`), or a list of them. */
export const github: ImportFormat = {
  name: "GitHub's deliveries",
  read(value) {
    const list = Array.isArray(value) ? value : [value];
    const isOurs =
      list.length > 0 &&
      list.every(
        (one) =>
          isRecord(one) &&
          isRecord(one.request) &&
          "payload" in one.request &&
          "headers" in one.request,
      );
    if (!isOurs) return undefined;
    return list.map((one: unknown) => {
      const { request, delivered_at: time } = one as {
        request: { headers: unknown; payload: unknown };
        delivered_at?: unknown;
      };
      return toRequest({
        ...asTold(
          headersOf(request.headers),
          typeof request.payload === "string"
            ? Buffer.from(request.payload)
            : asJson(request.payload),
        ),
        time,
      });
    });
  },
};
