/** The options of `send`, checked. */
import { UserError } from "../../errors.ts";
import { environment } from "../../host/environment.ts";
import { parseEventHeader } from "../../payload/index.ts";

export interface SendOptions {
  /** How to sign; undefined when the bodies are not signed. */
  signing: { scheme: string; secret: string; header: string } | undefined;
  botEmail: string | undefined;
  timeoutMs: number;
}

interface SendFlags {
  sign: string | undefined;
  signHeader: string;
  secret: string | undefined;
  botEmail: string | undefined;
  timeout: string;
}

/**
 * Checks the options.
 * @throws UserError `usage`.
 */
export function checkSendOptions(flags: SendFlags): SendOptions {
  return {
    signing: signingOf(flags),
    botEmail: flags.botEmail,
    timeoutMs: toMilliseconds(flags.timeout),
  };
}

function signingOf({ sign, secret: given, signHeader }: SendFlags): SendOptions["signing"] {
  if (sign === undefined) {
    if (given === undefined) return undefined;
    throw usage(
      "--secret is for --sign, which is missing.",
      "Add --sign with the service's scheme.",
    );
  }
  const secret = given ?? environment("CONNECT_WEBHOOK_SECRET");
  if (!secret) {
    throw usage(
      "--sign has no secret to sign with.",
      "Give --secret, or set CONNECT_WEBHOOK_SECRET.",
    );
  }
  return { scheme: sign, secret, header: parseEventHeader(signHeader) };
}

function toMilliseconds(seconds: string): number {
  const value = Number(seconds);
  if (value > 0 && value <= 3600) return value * 1000;
  throw usage(
    `'${seconds}' is not a time limit.`,
    "Give --timeout a number of seconds above 0 and up to 3600, such as 30.",
  );
}

function usage(message: string, hint: string): UserError {
  return new UserError(message, { code: "usage", hint });
}
