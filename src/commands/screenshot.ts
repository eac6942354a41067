import { defineCommand } from "./define.ts";
import { outputFolder } from "./output-file.ts";
import { oneOffFrom, screenshotOptions } from "./screenshot/options.ts";
import { themeFor } from "./theme.ts";

export default defineCommand({
  name: "screenshot",
  summary: "draw the screenshots for the documentation",
  runsPythonUnless: ["--check"],
  description:
    "Draws the screenshots for the documentation: delivers the fixture that the registry names, and draws the message " +
    "in headless Chromium. It needs no Connect server, database or login. Each picture contains a hash of what it was " +
    "made from, so --check does not need a browser. With --fixture, it draws one picture that the registry does not " +
    "name.",
  args: [{ name: "names", description: "integrations to draw", many: true }],
  options: screenshotOptions,
  examples: [
    { line: "screenshot mywebhook", does: "Draws the pictures of one integration." },
    { line: "screenshot --all", does: "Draws every picture again." },
    { line: "screenshot --all --check", does: "Reports missing and stale pictures, in CI." },
    {
      line: "screenshot --check --changed origin/main",
      does: "Reports pictures that a pull request makes stale.",
    },
    {
      line: "screenshot mywebhook --check --diff changes",
      does: "Shows each stale picture beside its current version.",
    },
    {
      line: "screenshot mywebhook --out pictures",
      does: "Draws into a separate folder, to look at.",
    },
    {
      line: "screenshot mywebhook --fixture refund.json --image-name 002.png",
      does: "Draws a second picture.",
    },
  ],
  async run({ names, options }, context) {
    const folder = (flag: "out" | "diff"): string | undefined =>
      options[flag] === undefined ? undefined : outputFolder(context.cwd, options[flag], flag);
    const [out, diff] = [folder("out"), folder("diff")];
    const checkout = await context.checkout();
    const theme = () => themeFor(checkout, options.theme, context.out);
    if (options.changed !== undefined) {
      const { checkChanged } = await import("./screenshot/changed.ts");
      return checkChanged(
        { base: options.changed || undefined, theme: options.theme, diff },
        context,
      );
    }
    const { selectPictures } = await import("./screenshot/targets.ts");
    const pictures = await selectPictures(checkout, {
      names: [...names, ...options.integration],
      all: options.all,
      cwd: context.cwd,
      oneOff: oneOffFrom(options),
    });
    const [{ finishImages, finishImagesBelow }, { drawPictures, checkPictures }] =
      await Promise.all([import("./reporters/images.ts"), import("./screenshot/work.ts")]);
    const work = options.check ? checkPictures : drawPictures;
    const made = await work(pictures.targets, theme, diff, context);
    const images = [...made, ...pictures.without];
    if (out !== undefined) return finishImagesBelow(out, images, checkout.root, context.out);
    return finishImages(images, checkout.root, context.out);
  },
});
