import type { Fixture, Integration } from "../checkout/model.ts";
import type { Delivery } from "../engine/index.ts";
import { ExitCode, UserError } from "../errors.ts";
import { type Context, defineCommand } from "./define.ts";

export default defineCommand({
  name: "preview",
  description:
    "Delivers one fixture to the integration's view, as the service would, and prints the message that Connect " +
    "would show: the stream, the topic and the Markdown. Without a fixture it takes the one of the documentation picture.",
  args: [
    { name: "name", description: "the integration", required: true },
    { name: "fixture", description: "file in its fixtures folder, with or without its ending" },
  ],
  options: {
    header: { value: "name:value", many: true, description: "send this header too" },
  },
  examples: [
    { line: "preview github push__1_commit", does: "Shows the message for one fixture." },
    { line: "preview mywebhook", does: "Shows the message of the documentation picture." },
    {
      line: 'preview mywebhook order --header "X-Mywebhook-Event: order"',
      does: "Sends a header that the fixture's name does not tell.",
    },
    { line: "preview mywebhook --json", does: "Prints the response, the message and its HTML." },
  ],
  async run({ args, options }, context) {
    const headers = parseHeaders(options.header);
    const checkout = await context.checkout();
    const { findIntegration, integrationFiles } = await import("../checkout/index.ts");
    const integration = findIntegration(checkout, args.name ?? "");
    const { fixtures } = await integrationFiles(checkout, integration);
    const fixture = chooseFixture(integration, fixtures, args.fixture);
    const delivery = await deliver(integration, fixture, headers, context);
    await print(integration, fixture, delivery, context);
    return delivery.error || delivery.response.status >= 400 ? ExitCode.Problems : ExitCode.Ok;
  },
});

function parseHeaders(given: string[]): Record<string, string> {
  const pairs = given.map((text) => {
    const match = /^([!#$%&'*+.^_`|~\w-]+):\s*([^\r\n]*)$/.exec(text);
    if (match?.[1] !== undefined && match[2] !== undefined) return [match[1], match[2]];
    throw new UserError(`'${text}' is not a header.`, {
      code: "bad-header",
      hint: 'Write it as --header "Name: value".',
    });
  });
  return Object.fromEntries(pairs);
}

function chooseFixture(
  integration: Integration,
  fixtures: readonly Fixture[],
  wanted: string | undefined,
): Fixture {
  const pictured = integration.screenshots.map((entry) => entry.fixture);
  const fixture =
    wanted === undefined
      ? (fixtures.find(({ file }) => pictured.includes(file)) ?? fixtures[0])
      : fixtures.find(({ file, name }) => file === wanted || name === wanted);
  if (fixture) return fixture;
  const there = fixtures.map(({ file }) => file).join(", ");
  throw new UserError(
    wanted === undefined
      ? `${integration.name} has no fixtures.`
      : `${integration.name} has no fixture called '${wanted}'.`,
    {
      code: "unknown-fixture",
      hint: there ? `It has ${there}.` : `Put one into ${integration.fixturesDirectory}.`,
    },
  );
}

async function deliver(
  integration: Integration,
  fixture: Fixture,
  headers: Record<string, string>,
  context: Context,
): Promise<Delivery> {
  const checkout = await context.checkout();
  const { openEngine } = await import("../engine/index.ts");
  const progress = context.out.progress("Starting Python");
  const engine = await openEngine({
    root: checkout.root,
    targets: [integration],
    signal: context.signal,
    onProgress: (message) => progress.update(message),
  });
  try {
    const entry = integration.screenshots.find((shot) => shot.fixture === fixture.file);
    return await engine.deliver({
      integration: integration.name,
      fixture: fixture.file,
      headers: { ...entry?.customHeaders, ...headers },
      ...(entry && {
        query: { ...entry.extraParams },
        useBasicAuth: entry.useBasicAuth,
        payloadAsQueryParam: entry.payloadAsQueryParam,
        payloadParamName: entry.payloadParamName,
      }),
    });
  } finally {
    progress.stop();
    await engine.close();
  }
}

async function print(
  integration: Integration,
  fixture: Fixture,
  delivery: Delivery,
  { out }: Context,
): Promise<void> {
  const { response, messages, error } = delivery;
  if (out.json) {
    const { renderMarkdown } = await import("../markdown/index.ts");
    return out.report({
      version: 1,
      integration: integration.name,
      fixture: fixture.file,
      response,
      messages: messages.map((message) => ({ ...message, html: renderMarkdown(message.content) })),
      ...(error && { error }),
    });
  }
  const { paint } = out;
  for (const message of messages) {
    const place =
      message.type === "stream"
        ? `${paint.bold(`#${message.stream}`)} ${paint.dim("›")} ${paint.bold(message.topic ?? "")}`
        : `${paint.dim("direct message to")} ${paint.bold(message.to ?? "")}`;
    out.data(`${place}\n${paint.dim(message.sender)}\n\n${message.content}\n`);
  }
  if (messages.length === 0 && !error) out.say("The view sent no message.");
  if (response.status >= 400) out.error(`The view answered ${response.status}: ${response.body}`);
  if (error) out.error(error.traceback.trimEnd());
}
