import { defineCommand } from "./define.ts";

export default defineCommand({
  name: "avatar",
  description:
    "Makes the 100x100 avatar of an integration's bot from its logo (SVG or PNG), as Connect's own tool does. " +
    "An avatar that looks as it should is left alone.",
  args: [{ name: "names", description: "integrations to make avatars for", many: true }],
  options: {
    all: { description: "make the avatars of every integration of the tree" },
    check: { description: "write nothing; exit with 1 when an avatar is missing or stale" },
  },
  examples: [
    { line: "avatar mywebhook", does: "Makes one avatar." },
    { line: "avatar --all --check", does: "Says in CI which avatars are missing or stale." },
  ],
  async run({ names, options }, context) {
    const checkout = await context.checkout();
    const [{ selectAllKinds }, { makeAvatars, otherIntegrations }, { finishImages }] =
      await Promise.all([
        import("./select-all-kinds.ts"),
        import("../preview/index.ts"),
        import("./reporters/images.ts"),
      ]);
    const { webhooks, others } = selectAllKinds(
      checkout,
      { names, all: options.all, cwd: context.cwd },
      () => otherIntegrations(checkout),
      ({ name }) => name,
    );
    const progress = context.out.progress("Drawing avatars");
    const made = await makeAvatars({
      checkout,
      integrations: [...webhooks, ...others],
      check: options.check,
      onImage: ({ integration }) => progress.update(`Drew the avatar of ${integration}`),
    }).finally(() => progress.stop());
    return finishImages(made, checkout.root, context.out);
  },
});
