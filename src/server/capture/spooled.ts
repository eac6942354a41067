/** A request in the spool, as its JSON file has it. A tree may come with such files, so they are checked. */
import type { HttpHeaders } from "../../host/http-exchange.ts";
import { isRecord } from "../../host/json.ts";

/** What became of a request. */
export type Outcome =
  | {
      readonly kind: "fixture";
      readonly file: string;
      /** The form's field that the fixture's JSON came in. */
      readonly formField?: string;
    }
  /** It has the event and the shape of another one, or of a fixture that was there. */
  | { readonly kind: "folded"; readonly into: string }
  /** The same delivery, or the same bytes, as another one. */
  | { readonly kind: "retry"; readonly of: string }
  /** A question of the service, which had its answer. */
  | { readonly kind: "challenge" }
  /** It has no body that could be a fixture. */
  | { readonly kind: "empty" };

/** A replacement that `--redact` made. The value itself is not kept here: it is in the body. */
export interface Replaced {
  /** What was found: "a GitHub token". */
  readonly what: string;
  /** Where: the way through the JSON, else the line. */
  readonly where: string;
  readonly by: string;
}

/** What is known of a request before its body has come. */
export interface RequestHead {
  /** ISO 8601, UTC. */
  readonly receivedAt: string;
  readonly method: string;
  readonly target: string;
  readonly headers: HttpHeaders;
  readonly remote: string;
  /** For an imported one: the file it comes from. */
  readonly importedFrom?: string;
}

/** A request in the spool: what its JSON file holds. */
export interface SpooledRequest extends RequestHead {
  readonly version: 1;
  readonly id: string;
  readonly bytes: number;
  readonly sha256: string;
  /** The service whose challenge it is. */
  readonly challenge?: string;
  /** Set once the request has been looked at for fixtures. */
  readonly outcome?: Outcome;
  readonly replaced?: readonly Replaced[];
}

/** Whether a value from a file is such a request. What a stranger wrote may have any shape. */
export function isSpooled(value: unknown): value is SpooledRequest {
  if (!isRecord(value) || value.version !== 1) return false;
  const texts = ["id", "receivedAt", "method", "target", "remote", "sha256"] as const;
  const { headers, bytes, importedFrom = "", challenge = "", outcome, replaced = [] } = value;
  return (
    texts.every((key) => typeof value[key] === "string") &&
    typeof importedFrom === "string" &&
    typeof challenge === "string" &&
    Number.isSafeInteger(bytes) &&
    Array.isArray(headers) &&
    headers.every(
      (header) => Array.isArray(header) && header.length === 2 && header.every(isText),
    ) &&
    (outcome === undefined || isOutcome(outcome)) &&
    Array.isArray(replaced) &&
    replaced.every((one) => isRecord(one) && [one.what, one.where, one.by].every(isText))
  );
}

function isOutcome(value: unknown): value is Outcome {
  if (!isRecord(value)) return false;
  const { kind, file, formField = "", into, of } = value;
  if (kind === "fixture") return isText(file) && isText(formField);
  if (kind === "folded") return isText(into);
  if (kind === "retry") return isText(of);
  return kind === "challenge" || kind === "empty";
}

const isText = (value: unknown): value is string => typeof value === "string";
