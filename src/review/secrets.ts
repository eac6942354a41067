/** Credentials in what is reviewed: a comment on a pull request is read by more people than the branch. */
import { createHash } from "node:crypto";
import type { Delivery } from "../engine/types.ts";
import { findSensitive, Redactor, type Sensitive } from "../payload/secrets/index.ts";
import { deliveryIdentity } from "./compare.ts";
import type { Review } from "./model.ts";

const NOTE =
  "What looks like a credential is masked here, as `capture --redact` replaces it in fixtures.";

/** What is drawn of messages that are masked, what tells deliveries apart, and headers that this program made up. */
const KEPT = new Set(["card", "whole", "sent"]);

/** Replaces credentials, the same one by the same text everywhere. */
export class SecretMasks {
  readonly #redactor = new Redactor();
  #hasMasked = false;

  /**
   * Learns the credentials of a payload, of which messages may show a part.
   * @param format As in `findSensitive`.
   */
  learn(text: string, format: "json" | "other"): void {
    this.#redactor.redact(text, credentialsIn(text, format));
  }

  /** A delivery that may be drawn and told. Two that differ in nothing but credentials still differ. */
  delivery(delivery: Delivery): Delivery & { whole?: string } {
    const masked = this.#inside(delivery);
    const [identity, shown] = [deliveryIdentity(delivery), deliveryIdentity(masked)];
    if (identity === shown) return masked;
    return { ...masked, whole: createHash("sha256").update(identity).digest("hex") };
  }

  /** A review in which no text has a credential. Pictures and what is drawn of messages stay as they are. */
  review(review: Review): Review {
    const masked = this.#inside(review);
    return this.#hasMasked ? { ...masked, notes: [...masked.notes, NOTE] } : masked;
  }

  #text(text: string): string {
    const masked = this.#redactor.redact(text, credentialsIn(text, "other")).text;
    if (masked !== text) this.#hasMasked = true;
    return masked;
  }

  #inside<T>(value: T): T {
    if (typeof value === "string") return this.#text(value) as T;
    if (Array.isArray(value)) return value.map((one) => this.#inside(one)) as T;
    if (typeof value !== "object" || value === null || value instanceof Uint8Array) return value;
    const members = Object.entries(value).map(([key, member]) => [
      key,
      KEPT.has(key) ? member : this.#inside(member),
    ]);
    return Object.fromEntries(members) as T;
  }
}

function credentialsIn(text: string, format: "json" | "other"): Sensitive[] {
  return findSensitive(text, format).filter(({ kind }) => kind === "credential");
}
