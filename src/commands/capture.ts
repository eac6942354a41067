import { ExitCode } from "../errors.ts";
import { captureOptions } from "./capture/options.ts";
import { defineCommand } from "./define.ts";

export default defineCommand({
  name: "capture",
  summary: "receive live requests as fixtures, or import them",
  description:
    "Receives live requests from a service and turns them into fixtures: the exact bytes, named event__detail after " +
    "the content. Requests of the same event and shape become one fixture, and retries count only once. Verification " +
    "challenges of services are answered. Every request is saved to disk, in a folder that git ignores, before it is " +
    "acknowledged. Press Ctrl-C to stop.\n\n" +
    "Before a fixture is written, it is checked for secrets, email addresses and phone numbers. A fixture that " +
    "contains any is not written: they are shown, and --redact replaces them. `explain capture` describes how a " +
    "service can reach this machine.",
  args: [
    {
      name: "name",
      description: "the integration; it does not have to exist yet",
      required: true,
    },
  ],
  options: captureOptions,
  examples: [
    { line: "capture mywebhook", does: "Listens on http://127.0.0.1:8484/ until Ctrl-C." },
    {
      line: "capture mywebhook --forward 'http://127.0.0.1:9991/api/v1/external/mywebhook?api_key=…'",
      does: "Forwards each request to a Connect server, and returns its response.",
    },
    {
      line: "capture mywebhook --from request.har",
      does: "Makes fixtures from a browser's recording.",
    },
    {
      line: "capture mywebhook --finish --redact",
      does: "Makes fixtures from requests received earlier, with secrets replaced.",
    },
    {
      line: "capture mywebhook --status 500 --count 3",
      does: "Shows how the service retries.",
    },
  ],
  async run({ args, options }, context) {
    const checkout = await context.checkout();
    const { openTarget } = await import("./capture/target.ts");
    const target = await openTarget(checkout, args.name ?? "", options);
    if (options.from.length > 0) {
      await (await import("./capture/import.ts")).importFiles(target.spool, options.from, context);
    } else if (!options.finish) {
      await (await import("./capture/listen.ts")).receive(target, options, context);
    }
    const { finish } = await import("./capture/finish.ts");
    const isClean = await finish(target, options, context);
    return isClean ? ExitCode.Ok : ExitCode.Problems;
  },
});
