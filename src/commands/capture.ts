import { ExitCode } from "../errors.ts";
import { captureOptions } from "./capture/options.ts";
import { defineCommand } from "./define.ts";

export default defineCommand({
  name: "capture",
  summary: "receive live requests as fixtures, or import them",
  description:
    "Receives live requests of a service and makes fixtures of them: the exact bytes, named event__detail after what " +
    "the service says. Requests of the same event and shape become one fixture, and what is sent again is counted only " +
    "once. Questions by which services check an address are answered. Every request is safe on the disk, in a folder " +
    "that git ignores, before the service is told that it arrived. Ctrl-C ends it.\n\n" +
    "Secrets, mail addresses and phone numbers are found before a fixture is written. A fixture that holds some is not " +
    "written: they are shown, and --redact replaces them. `explain capture` says how to let a service reach this machine.",
  args: [
    {
      name: "name",
      description: "the integration; it need not be in the tree yet",
      required: true,
    },
  ],
  options: captureOptions,
  examples: [
    { line: "capture mywebhook", does: "Listens on http://127.0.0.1:8484/ until Ctrl-C." },
    {
      line: "capture mywebhook --forward 'http://127.0.0.1:9991/api/v1/external/mywebhook?api_key=…'",
      does: "Passes each request on to a Connect server, and answers with its answer.",
    },
    {
      line: "capture mywebhook --from request.har",
      does: "Makes fixtures of a browser's recording.",
    },
    {
      line: "capture mywebhook --finish --redact",
      does: "Makes fixtures of what was received before, with secrets replaced.",
    },
    {
      line: "capture mywebhook --status 500 --count 3",
      does: "Shows how the service sends again.",
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
