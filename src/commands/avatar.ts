import type { ImageResult } from "../preview/index.ts";
import { printableLine } from "../ui/steering.ts";
import { defineCommand } from "./define.ts";

export default defineCommand({
  name: "avatar",
  summary: "make bot avatars from logos",
  description:
    "Makes the 100x100 avatar of an integration's bot from its logo (SVG or PNG), as Connect's own tool does. Avatars " +
    "that already match are not rewritten. With --all, avatars that differ from their logo are not replaced either, " +
    "because they may have been made by hand.",
  args: [{ name: "names", description: "integrations to make avatars for", many: true }],
  options: {
    all: {
      description: "make the avatars of all integrations in the tree",
      conflicts: { names: "" },
    },
    force: {
      description: "also replace avatars that differ from their logo (with --all)",
      requires: ["all"],
    },
    check: { description: "write nothing; exit with code 1 if an avatar is missing or stale" },
    optimizeLogos: {
      description:
        "make SVG logos smaller if they look the same (with --check: list those that could be)",
    },
  },
  examples: [
    { line: "avatar mywebhook", does: "Makes one avatar." },
    { line: "avatar --all --check", does: "Reports missing and stale avatars, in CI." },
    { line: "avatar mywebhook --optimize-logos", does: "Also makes the logo smaller." },
  ],
  async run({ names, options }, context) {
    const checkout = await context.checkout();
    const [
      { selectAllKinds },
      { makeAvatars, optimiseLogos, otherIntegrations },
      { finishImages },
    ] = await Promise.all([
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
    const work = {
      checkout,
      integrations: [...webhooks, ...others],
      check: options.check,
      keepOthers: options.all && !options.force,
      signal: context.signal,
      onImage: ({ path }: ImageResult) => progress.update(`Done with ${printableLine(path)}`),
    };
    const draw = async () => [
      ...(options.optimizeLogos ? await optimiseLogos(work) : []),
      ...(await makeAvatars(work)),
    ];
    const made = await draw().finally(() => progress.stop());
    return finishImages(made, checkout.root, context.out);
  },
});
