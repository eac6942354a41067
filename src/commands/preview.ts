import type { Integration } from "../checkout/model.ts";
import { cutShort } from "../cut.ts";
import type { Delivery, SentMessage } from "../engine/index.ts";
import { ExitCode } from "../errors.ts";
import type { PictureConfig, Theme } from "../preview/index.ts";
import { printableLine } from "../ui/steering.ts";
import { type Context, defineCommand } from "./define.ts";
import { withEngine } from "./engine.ts";
import { chooseFixture, headerOption } from "./fixture-input.ts";
import { outputFile } from "./output-file.ts";
import { themeFor, themeOption } from "./theme.ts";

export default defineCommand({
  name: "preview",
  description:
    "Delivers one fixture to the integration's view, as the service would, and prints the message that Connect " +
    "would show: the stream, the topic and the text, as a terminal can show it. Without colour, as in a pipe, it " +
    "prints the Markdown as it is. Without a fixture it takes the one of the documentation picture.",
  args: [
    { name: "name", description: "the integration", required: true },
    { name: "fixture", description: "file in its fixtures folder, with or without its ending" },
  ],
  options: {
    html: { value: "file", description: "write the message as a page of its own" },
    theme: { ...themeOption, requires: ["html"] },
    header: headerOption,
  },
  examples: [
    { line: "preview github push__1_commit", does: "Shows the message for one fixture." },
    { line: "preview mywebhook", does: "Shows the message of the documentation picture." },
    {
      line: 'preview mywebhook order --header "X-Mywebhook-Event: order"',
      does: "Sends a header that the fixture's name does not tell.",
    },
    { line: "preview mywebhook --html message.html", does: "Writes a page to look at or to send." },
    { line: "preview mywebhook --json", does: "Prints the response, the message and its HTML." },
  ],
  async run({ args, options }, context) {
    const headers = Object.fromEntries(options.header);
    const page =
      options.html === undefined
        ? undefined
        : outputFile(context.cwd, options.html, "--html", "message.html");
    const checkout = await context.checkout();
    const { findIntegration, integrationFiles } = await import("../checkout/index.ts");
    const integration = findIntegration(checkout, args.name ?? "");
    const { fixtures } = await integrationFiles(checkout, integration);
    const fixture = chooseFixture(integration, fixtures, args.fixture);
    const { configFor } = await import("../preview/index.ts");
    const config = configFor(integration, fixture, checkout.dialect.imageRoot);
    const theme =
      page === undefined ? undefined : await themeFor(checkout, options.theme, context.out);
    const delivery = await deliver(integration, config, headers, context);
    await print(integration, fixture, delivery, context);
    if (page !== undefined && theme !== undefined) {
      const { messages } = delivery;
      await writePage(page, { integration, config, messages, theme }, context);
    }
    return delivery.error || delivery.response.status >= 400 ? ExitCode.Problems : ExitCode.Ok;
  },
});

async function deliver(
  integration: Integration,
  config: PictureConfig,
  headers: Record<string, string>,
  context: Context,
): Promise<Delivery> {
  const checkout = await context.checkout();
  const { requestFor } = await import("../preview/index.ts");
  const request = requestFor(checkout, integration, config, headers);
  const needs = { root: checkout.root, targets: [integration] };
  return withEngine(needs, context, (engine) => engine.deliver(request));
}

/** Characters of an answer or a traceback that are printed. */
const LONGEST = 100_000;

async function print(
  integration: Integration,
  fixture: string,
  delivery: Delivery,
  context: Context,
): Promise<void> {
  const { out } = context;
  const { response, messages, error } = delivery;
  const [{ messageHtml }, { messageForTerminal }] = await Promise.all([
    import("../preview/index.ts"),
    import("./reporters/message.ts"),
  ]);
  const html = await messageHtml(await context.checkout());
  if (out.json) {
    return out.report({
      version: 1,
      integration: integration.name,
      fixture,
      response,
      messages: messages.map((message) => ({ ...message, html: html(message) })),
      ...(error && { error }),
    });
  }
  const texts = messages.map((message) => messageForTerminal(message, html(message), out));
  if (texts.length > 0) out.data(texts.join("\n\n"));
  else if (!error) out.say("The view sent no message.");
  if (response.status >= 400) {
    out.error(`The view answered ${response.status}: ${cutShort(response.body, LONGEST)}`);
  }
  if (error) out.error(cutShort(error.traceback.trimEnd(), LONGEST));
}

interface Page {
  integration: Integration;
  config: PictureConfig;
  messages: readonly SentMessage[];
  theme: Theme;
}

async function writePage(
  file: string,
  { integration, config, messages, theme }: Page,
  context: Context,
): Promise<void> {
  if (messages.length === 0) {
    context.out.warn(`There is no message, so ${printableLine(file)} was not written.`);
    return;
  }
  const [{ standalone }, { writeOutput }] = await Promise.all([
    import("../preview/index.ts"),
    import("../host/write.ts"),
  ]);
  const checkout = await context.checkout();
  await writeOutput(
    file,
    await standalone(checkout, { integration, entry: config }, messages, theme),
  );
  context.out.success(`The page is ${printableLine(file)}.`);
}
