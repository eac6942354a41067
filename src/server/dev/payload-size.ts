/** How large a payload of the page may be. The endpoint takes what Connect takes; this is what a browser can edit. */
import { UserError } from "../../errors.ts";

/** Bytes. The page itself says the same of what is typed or pasted: `MAX_BYTES` there. */
const MAX_PAYLOAD_BYTES = 10_000_000;

/**
 * @param bytes The payload's.
 * @param what Such as `This fixture`.
 * @throws UserError `payload-too-large`.
 */
export function requireSmall(bytes: number, what: string): void {
  if (bytes <= MAX_PAYLOAD_BYTES) return;
  const megabytes = (size: number): string => `${(size / 1e6).toFixed(1)} MB`;
  throw new UserError(
    `${what} has ${megabytes(bytes)}; the page takes payloads of at most ${megabytes(MAX_PAYLOAD_BYTES)}.`,
    {
      code: "payload-too-large",
      hint: "Send it to the webhook URL, which takes 25 MB, or use `connect-webhook test` and `preview`.",
    },
  );
}
