import { defineCommand } from "./define.ts";
import { themeFor, themeOption } from "./theme.ts";

export default defineCommand({
  name: "screenshot",
  description:
    "Draws the pictures for the documentation: delivers the fixture that the registry names, and draws the message " +
    "in headless Chromium. No Connect server, database or login is needed. A picture carries a hash of what it was " +
    "made from, so --check needs no browser. With --fixture it draws one picture that the registry does not name.",
  args: [{ name: "names", description: "integrations to draw", many: true }],
  options: {
    integration: {
      value: "names",
      many: true,
      description: "the same, as Connect's own tool takes them",
    },
    all: { description: "draw every picture the registry names" },
    check: { description: "write nothing; exit with 1 when a picture is missing or stale" },
    theme: themeOption,
    diff: {
      value: "dir",
      description: "write old, new and difference side by side, for each picture that differs",
    },
    fixture: { value: "file", description: "draw this fixture, whatever the registry says" },
    imageName: { value: "file", description: "name of the picture (with --fixture)" },
    imageDir: { value: "dir", description: "folder of the picture (with --fixture)" },
    botName: { value: "name", description: "name of the sending bot (with --fixture)" },
    useBasicAuth: { short: "A", description: "send the bot's key by Basic auth (with --fixture)" },
    payloadAsQueryParam: {
      short: "Q",
      description: "send the payload in the URL instead of the body (with --fixture)",
    },
    payloadParamName: {
      value: "name",
      short: "P",
      description: "the URL parameter with the payload (with --fixture)",
    },
    customHeaders: {
      value: "json",
      short: "H",
      description: "headers to send too, as a JSON object (with --fixture)",
    },
  },
  examples: [
    { line: "screenshot mywebhook", does: "Draws the pictures of one integration." },
    { line: "screenshot --all", does: "Draws every picture anew." },
    { line: "screenshot --all --check", does: "Says in CI which pictures are missing or stale." },
    {
      line: "screenshot mywebhook --check --diff changes",
      does: "Shows beside each other what a stale picture looks like, and what it would look like.",
    },
    {
      line: "screenshot mywebhook --fixture refund.json --image-name 002.png",
      does: "Draws a second picture.",
    },
  ],
  async run({ names, options }, context) {
    const checkout = await context.checkout();
    const { oneOffFrom, selectPictures } = await import("./screenshot/targets.ts");
    const oneOff = oneOffFrom(options);
    const pictures = selectPictures(checkout, {
      names: [...names, ...options.integration],
      all: options.all,
      cwd: context.cwd,
      oneOff,
    });
    const [{ finishImages }, { drawPictures, checkPictures }] = await Promise.all([
      import("./reporters/images.ts"),
      import("./screenshot/work.ts"),
    ]);
    const work = options.check ? checkPictures : drawPictures;
    const theme = () => themeFor(checkout, options.theme, context.out);
    const made = await work(pictures.targets, theme, options.diff, context);
    return finishImages([...made, ...pictures.without], checkout.root, context.out);
  },
});
