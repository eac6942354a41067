import { findIntegration } from "../checkout/index.ts";
import type { Checkout, Integration } from "../checkout/model.ts";
import { cutShort } from "../cut.ts";
import type { Delivery, SentMessage } from "../engine/index.ts";
import { ExitCode, UserError } from "../errors.ts";
import { faultWords, type JsonFault } from "../payload/index.ts";
import type { PictureConfig, Theme } from "../preview/index.ts";
import { CONFLICT_MARKER } from "../python/conflict.ts";
import type { Output } from "../ui/output.ts";
import { printableLine } from "../ui/steering.ts";
import { type Context, defineCommand } from "./define.ts";
import { withEngine } from "./engine.ts";
import { chooseFixtures, headerOption } from "./fixture-input.ts";
import { outputFile } from "./output-file.ts";
import { selectIntegrations } from "./select.ts";
import { themeFor, themeOption } from "./theme.ts";
import { contentsOf, unknownEmojiIn } from "./unknown-emoji.ts";

export default defineCommand({
  name: "preview",
  summary: "deliver one fixture and print the message",
  runsPythonUnless: [],
  description:
    "Delivers one fixture to the integration's view, as the service would, and prints the message that Connect would " +
    "show: the stream, the topic and the text, rendered for the terminal. Without colour, as in a pipe, it prints the " +
    "Markdown unchanged. If you do not name a fixture, it uses the one of the documentation's screenshot; with --all, " +
    "it uses every fixture.",
  args: [
    { name: "name", description: "the integration (default: the one whose folder you are in)" },
    {
      name: "fixture",
      description: "a file in its fixtures folder, with or without the extension",
    },
  ],
  options: {
    all: { description: "show the message of every fixture", conflicts: { fixture: "", html: "" } },
    html: { value: "file", description: "write the message to this file as a self-contained page" },
    theme: { ...themeOption, requires: ["html"] },
    header: headerOption,
  },
  examples: [
    { line: "preview github push__1_commit", does: "Shows the message for one fixture." },
    { line: "preview mywebhook", does: "Shows the message of the documentation's screenshot." },
    {
      line: 'preview mywebhook order --header "X-Mywebhook-Event: order"',
      does: "Sends a header that the fixture's name does not provide.",
    },
    { line: "preview mywebhook --all", does: "Shows the message of each fixture." },
    { line: "preview mywebhook --html message.html", does: "Writes a page to view or share." },
    { line: "preview mywebhook --json", does: "Prints the response, the message and its HTML." },
  ],
  async run({ args, options }, context) {
    const headers = Object.fromEntries(options.header);
    const page =
      options.html === undefined
        ? undefined
        : outputFile(context.cwd, options.html, "--html", "message.html");
    const checkout = await context.checkout();
    const integration = chooseIntegration(checkout, args.name, context.cwd);
    const fixtures = await chooseFixtures(checkout, integration, options.all, args.fixture);
    const { deliveryConfigFor } = await import("../preview/index.ts");
    const configs = fixtures.map((fixture) =>
      deliveryConfigFor(integration, fixture, checkout.dialect.imageRoot),
    );
    const theme =
      page === undefined ? undefined : await themeFor(checkout, options.theme, context.out);
    const deliveries = await deliver(integration, configs, headers, context);
    await print(integration, deliveries, options.all, context);
    const [first] = deliveries;
    if (page !== undefined && theme !== undefined && first !== undefined) {
      await writePage(page, { integration, ...first, theme }, context);
    }
    const failed = deliveries.some(
      ({ delivery }) => delivery.error || delivery.response.status >= 400,
    );
    return failed ? ExitCode.Problems : ExitCode.Ok;
  },
});

/** @throws UserError when none is named, and the folder belongs to none or to several. */
function chooseIntegration(checkout: Checkout, name: string | undefined, cwd: string): Integration {
  if (name !== undefined) return findIntegration(checkout, name);
  const names: string[] = [];
  const [here, ...others] = selectIntegrations(checkout, {
    names,
    all: false,
    cwd,
    otherwise: "refuse",
  });
  if (here !== undefined && others.length === 0) return here;
  throw new UserError("The folder belongs to several integrations.", {
    code: "no-names",
    hint: `Name one of ${[here, ...others].map((one) => one?.name).join(", ")}.`,
  });
}

/** A fixture, and what the view made of it. */
interface Delivered {
  readonly config: PictureConfig;
  readonly delivery: Delivery;
  /** The line of a conflict marker in a fixture that the view refuses; undefined when there is none. */
  readonly conflict: number | undefined;
  /** Where such a fixture stops being JSON; undefined when it does not. */
  readonly fault: JsonFault | undefined;
}

async function deliver(
  integration: Integration,
  configs: readonly PictureConfig[],
  headers: Record<string, string>,
  context: Context,
): Promise<Delivered[]> {
  const checkout = await context.checkout();
  const { conflictInFixture, faultInFixture, requestFor } = await import("../preview/index.ts");
  const needs = { root: checkout.root, targets: [integration] };
  return withEngine(needs, context, async (engine) => {
    const delivered: Delivered[] = [];
    for (const config of configs) {
      const request = requestFor(checkout, integration, config, headers);
      const delivery = await engine.deliver(request);
      const isRefused = delivery.response.status >= 400;
      const conflict = isRefused
        ? await conflictInFixture(checkout, integration, config)
        : undefined;
      const fault = isRefused ? await faultInFixture(checkout, integration, config) : undefined;
      delivered.push({ config, delivery, conflict, fault });
    }
    return delivered;
  });
}

type MessageHtml = (message: SentMessage) => string;

/** Characters of an answer or a traceback that are printed. */
const LONGEST = 100_000;

async function print(
  integration: Integration,
  deliveries: readonly Delivered[],
  all: boolean,
  context: Context,
): Promise<void> {
  const { out } = context;
  const { messageHtml } = await import("../preview/index.ts");
  const html = await messageHtml(await context.checkout());
  if (out.json) {
    const answers = deliveries.map((one) => describe(one, html));
    const what = all ? { fixtures: answers } : answers[0];
    return out.report({ version: 1, integration: integration.name, ...what });
  }
  const checkout = await context.checkout();
  for (const [index, { config, delivery, conflict, fault }] of deliveries.entries()) {
    if (all)
      out.data(`${index > 0 ? "\n" : ""}${out.paint.dim(`── ${printableLine(config.fixture)}`)}`);
    await printDelivery(delivery, html, out);
    for (const warning of await unknownEmojiIn(checkout, integration, contentsOf(delivery)))
      out.warn(warning);
    if (conflict !== undefined) {
      out.error(`${printableLine(config.fixture)}, line ${conflict}: ${CONFLICT_MARKER}.`);
    } else if (fault !== undefined) {
      out.error(`${printableLine(config.fixture)} ${faultWords(fault)}.`);
    }
  }
}

function describe({ config, delivery }: Delivered, html: MessageHtml): object {
  const { response, messages, error } = delivery;
  return {
    fixture: config.fixture,
    response,
    messages: messages.map((message) => ({ ...message, html: html(message) })),
    ...(error && { error }),
  };
}

async function printDelivery(
  { response, messages, error }: Delivery,
  html: MessageHtml,
  out: Output,
): Promise<void> {
  const { messageForTerminal } = await import("./reporters/message.ts");
  const texts = messages.map((message) => messageForTerminal(message, html(message), out));
  if (texts.length > 0) out.data(texts.join("\n\n"));
  else if (!error) out.say("The view sent no message.");
  if (response.status >= 400) {
    const body = cutShort(response.body, LONGEST);
    out.error(`The view answered ${response.status}${body.trim() === "" ? "." : `: ${body}`}`);
  }
  if (error) out.error(cutShort(error.traceback.trimEnd(), LONGEST));
}

interface Page extends Delivered {
  readonly integration: Integration;
  readonly theme: Theme;
}

async function writePage(
  file: string,
  { integration, config, delivery: { messages }, theme }: Page,
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
