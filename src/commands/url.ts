import { addressInput, addressOptions, checkEvents } from "./address-input.ts";
import { defineCommand } from "./define.ts";

export default defineCommand({
  name: "url",
  summary: "print the webhook URL to give to the service",
  isQuick: true,
  description:
    "Prints the webhook URL to give to the service, with every parameter encoded. The site, the key and the events " +
    "are checked; the integration's path comes from the tree's registry. The URL contains the bot's key: anyone who " +
    "has it can send messages as the bot.",
  args: [{ name: "name", description: "the integration", required: true }],
  options: {
    ...addressOptions,
    onlyEvents: {
      value: "event",
      many: true,
      description: "send messages only for these events; * and ? are wildcards",
    },
    excludeEvents: { value: "event", many: true, description: "send no messages for these events" },
  },
  examples: [
    {
      line: "url github --site chat.example.com --api-key <key> --stream 'code review'",
      does: "Prints the URL for one stream.",
    },
    {
      line: "url github --site chat.example.com --only-events push_commits 'pull_request_*'",
      does: "Leaves out all other events. The key is in CONNECT_WEBHOOK_API_KEY.",
    },
  ],
  async run({ args, options }, context) {
    const checkout = await context.checkout();
    const { findIntegration } = await import("../checkout/index.ts");
    const integration = findIntegration(checkout, args.name ?? "");
    const { onlyEvents, excludeEvents } = options;
    await checkEvents([...onlyEvents, ...excludeEvents], integration, context);
    const input = await addressInput(options, integration, context);
    const { addressOf } = await import("../remote/index.ts");
    const url = addressOf({ ...input, onlyEvents, excludeEvents }).href;
    context.out.data(url);
    context.out.report({ version: 1, url });
    return undefined;
  },
});
