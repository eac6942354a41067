import type { Integration } from "../checkout/model.ts";
import type { MadeImage } from "../preview/index.ts";
import { count } from "../ui/text.ts";
import { type Context, defineCommand } from "./define.ts";

export default defineCommand({
  name: "screenshot",
  description:
    "Draws the pictures for the documentation: delivers the fixture that the registry names, and draws the message " +
    "in headless Chromium. No Connect server, database or login is needed.",
  args: [],
  options: {
    integration: { value: "names", many: true, description: "integrations to draw" },
    all: { description: "draw every picture the registry names" },
  },
  examples: [
    { line: "screenshot --integration mywebhook", does: "Draws the pictures of one integration." },
    { line: "screenshot --all", does: "Draws every picture anew." },
  ],
  async run({ options }, context) {
    const checkout = await context.checkout();
    const [{ selectIntegrations }, { finishImages }] = await Promise.all([
      import("./select.ts"),
      import("./reporters/images.ts"),
    ]);
    const integrations = selectIntegrations(checkout, {
      names: options.integration,
      all: options.all,
      cwd: context.cwd,
      otherwise: "refuse",
    });
    const made = await draw(integrations, context);
    return finishImages([...made, ...withoutEntry(integrations)], checkout.root, context.out);
  },
});

async function draw(integrations: Integration[], context: Context): Promise<MadeImage[]> {
  const targets = integrations.flatMap((integration) =>
    integration.screenshots.map((entry) => ({ integration, entry })),
  );
  if (targets.length === 0) return [];
  const [{ openEngine }, { openBrowser }, { makeScreenshots }] = await Promise.all([
    import("../engine/index.ts"),
    import("../browser/index.ts"),
    import("../preview/index.ts"),
  ]);
  const checkout = await context.checkout();
  const { signal, out } = context;
  const progress = out.progress("Starting Python and Chromium");
  const onProgress = (message: string): void => progress.update(message);
  const opening = [
    openEngine({ root: checkout.root, targets: integrations, signal, onProgress }),
    openBrowser({ signal, onProgress }),
  ] as const;
  try {
    const [engine, browser] = await Promise.all(opening);
    let done = 0;
    return await makeScreenshots({
      checkout,
      engine,
      browser,
      targets,
      signal,
      onImage({ integration }) {
        done += 1;
        progress.update(`${count(done, "picture")} of ${targets.length} drawn · ${integration}`);
      },
    });
  } finally {
    progress.stop();
    // One of the two may have failed to start: the other is closed all the same.
    for (const opened of await Promise.allSettled(opening)) {
      if (opened.status === "fulfilled") await opened.value.close();
    }
  }
}

/** Integrations that have no picture to draw are said, not passed over. */
function withoutEntry(integrations: readonly Integration[]): MadeImage[] {
  return integrations
    .filter(({ screenshots }) => screenshots.length === 0)
    .map(({ name, noScreenshot }) => ({
      result: {
        integration: name,
        path: name,
        width: 0,
        height: 0,
        bytes: 0,
        status: noScreenshot ? ("skipped" as const) : ("failed" as const),
        reason: noScreenshot
          ? "The registry says that it has no picture."
          : "The registry has no screenshot entry for it.",
      },
    }));
}
