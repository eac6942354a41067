import { ExitCode } from "../errors.ts";
import { environment } from "../host/environment.ts";
import { parseHeaderName } from "../payload/events.ts";
import { signatureSchemes } from "../remote/index.ts";
import { addressInput, addressOptions } from "./address-input.ts";
import { defineCommand } from "./define.ts";
import { chooseFixtures, headerOption } from "./fixture-input.ts";
import { parseTimeout, usage } from "./option-values.ts";
import type { Signing } from "./send/send.ts";

/** A bot's address. It is never part of a message: it is half of how the bot signs in. */
function parseBotEmail(text: string): string {
  if (/^[^\s@:]+@[^\s@:]+$/.test(text)) return text;
  throw usage(
    "The value of --bot-email is not an email address.",
    "Copy it from the bot's card in the settings, such as github-bot@chat.example.com.",
  );
}

export default defineCommand({
  name: "send",
  summary: "post a fixture to a real server",
  description:
    "Posts a fixture to a real server, as the service would: with the headers that the view's fixture_to_headers " +
    "returns for it, its content type, and the parameters that the registry states. If you do not name a fixture, it " +
    "uses the one of the documentation's screenshot. The exit code is 1 if the server refuses a fixture. The key is " +
    "never printed, and redirects are not followed.",
  args: [
    { name: "name", description: "the integration", required: true },
    {
      name: "fixture",
      description: "a file in its fixtures folder, with or without the extension",
    },
  ],
  options: {
    ...addressOptions,
    all: { description: "send every fixture", conflicts: { fixture: "" } },
    header: headerOption,
    sign: {
      value: "scheme",
      description: "sign each body as this service does",
      choices: signatureSchemes,
    },
    signHeader: {
      value: "header",
      description: "for --sign hmac: the header for the signature",
      default: "X-Signature",
      parse: (text) => parseHeaderName(text, "--sign-header"),
      requires: ["sign=hmac"],
    },
    secret: {
      value: "text",
      description: "the secret to sign with (or CONNECT_WEBHOOK_SECRET)",
      requires: ["sign"],
    },
    botEmail: {
      value: "address",
      description: "the bot's email address, for integrations that use Basic authentication",
      parse: parseBotEmail,
    },
    timeout: {
      value: "seconds",
      description: "give up on a response after this time",
      default: "30",
      parse: parseTimeout,
    },
  },
  examples: [
    {
      line: "send mywebhook push__opened --site http://localhost:9991 --stream test",
      does: "Sends one fixture to a development server. The key is in CONNECT_WEBHOOK_API_KEY.",
    },
    {
      line: "send mywebhook --all --site chat.example.com --stream test",
      does: "Sends every fixture, one after another.",
    },
    {
      line: "send github --all --site chat.example.com --sign github --secret <secret>",
      does: "Signs each body as GitHub does.",
    },
  ],
  async run({ args, options }, context) {
    const signing = signingOf(options);
    const headers = Object.fromEntries(options.header);
    const checkout = await context.checkout();
    const { findIntegration } = await import("../checkout/index.ts");
    const integration = findIntegration(checkout, args.name ?? "");
    const { sendFixtures } = await import("./send/send.ts");
    const fixtures = await chooseFixtures(checkout, integration, options.all, args.fixture);
    const address = await addressInput(options, integration, context);
    const { botEmail, timeout: timeoutMs } = options;
    const failed = await sendFixtures(
      { integration, fixtures, address, headers, signing, botEmail, timeoutMs },
      context,
    );
    return failed > 0 ? ExitCode.Problems : ExitCode.Ok;
  },
});

/** How to sign; undefined when the bodies are not signed. */
function signingOf(options: {
  sign: string | undefined;
  signHeader: string;
  secret: string | undefined;
}): Signing | undefined {
  const { sign: scheme, signHeader: header } = options;
  if (scheme === undefined) return undefined;
  const secret = options.secret ?? environment("CONNECT_WEBHOOK_SECRET");
  if (secret) return { scheme, secret, header };
  throw usage(
    "--sign has no secret to sign with.",
    "Give --secret, or set CONNECT_WEBHOOK_SECRET.",
  );
}
