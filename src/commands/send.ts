import { ExitCode, UserError } from "../errors.ts";
import { signatureSchemes } from "../remote/index.ts";
import { addressInput, addressOptions } from "./address-input.ts";
import { defineCommand } from "./define.ts";
import { parseHeaders } from "./fixture-input.ts";

export default defineCommand({
  name: "send",
  description:
    "Posts a fixture to a real server, as the service would: with the headers that the view's fixture_to_headers gives " +
    "it, its content type, and the parameters that the registry states. Without a fixture it takes the one of the " +
    "documentation picture. It exits with 1 when the server refuses one. The key is never printed, and no redirect is " +
    "followed with it.",
  args: [
    { name: "name", description: "the integration", required: true },
    { name: "fixture", description: "file in its fixtures folder, with or without its ending" },
  ],
  options: {
    ...addressOptions,
    all: { description: "send every fixture" },
    header: { value: "name:value", many: true, description: "send this header too" },
    sign: {
      value: "scheme",
      description: "sign each body as this service does",
      choices: signatureSchemes,
    },
    signHeader: {
      value: "header",
      description: "for --sign hmac: the header that holds the signature",
      default: "X-Signature",
    },
    secret: { value: "text", description: "what to sign with (or CONNECT_WEBHOOK_SECRET)" },
    botEmail: {
      value: "address",
      description: "the bot's address, for integrations that sign in by Basic authentication",
    },
    timeout: {
      value: "seconds",
      description: "give up on an answer after this time",
      default: "30",
    },
  },
  examples: [
    {
      line: "send mywebhook push__opened --site http://localhost:9991 --stream test",
      does: "Sends one fixture to a development server. The key is in CONNECT_WEBHOOK_API_KEY.",
    },
    {
      line: "send mywebhook --all --site chat.example.com --stream test",
      does: "Sends every fixture, one after the other.",
    },
    {
      line: "send github --all --site chat.example.com --sign github --secret <secret>",
      does: "Signs each body as GitHub does.",
    },
  ],
  async run({ args, options }, context) {
    if (options.all && args.fixture !== undefined) {
      throw new UserError("A fixture and --all exclude each other.", {
        code: "usage",
        hint: "Leave one of them out.",
      });
    }
    const { checkSendOptions } = await import("./send/options.ts");
    const checked = checkSendOptions(options);
    const headers = parseHeaders(options.header);
    const checkout = await context.checkout();
    const { findIntegration } = await import("../checkout/index.ts");
    const integration = findIntegration(checkout, args.name ?? "");
    const { chooseFixtures, sendFixtures } = await import("./send/send.ts");
    const fixtures = await chooseFixtures(checkout, integration, options.all, args.fixture);
    const address = await addressInput(options, integration, context);
    const failed = await sendFixtures(
      { integration, fixtures, address, headers, ...checked },
      context,
    );
    return failed > 0 ? ExitCode.Problems : ExitCode.Ok;
  },
});
