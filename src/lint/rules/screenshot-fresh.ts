import { posix } from "node:path";
import { PictureSources, sourceOf } from "../../checkout/picture-sources.ts";
import { shellCommand } from "../../host/shell-command.ts";
import { stampOf } from "../../image/stamp.ts";
import type { Finding, Rule } from "../rule.ts";

export const screenshotFresh: Rule = {
  id: "screenshot-fresh",
  part: "screenshot",
  severity: "warning",
  summary: "The screenshot was drawn from the current fixture, avatar and view.",
  why: "A screenshot of an older message misleads readers. Only screenshots that this program drew record what they were drawn from; `connect-webhook screenshot --check` checks the others.",
  howToFix: "Run `connect-webhook screenshot --integration <name>`.",
  needsEntry: true,
  async check({ integration, session }) {
    const sources = session.once("sources", () => new PictureSources(session.checkout.root));
    const findings: Finding[] = [];
    for (const entry of integration.screenshots) {
      const { imagePath: path } = entry;
      const picture = session.bytes(path);
      const stamp = picture && stampOf(picture);
      if (!stamp) continue;
      const source = sourceOf(integration, entry);
      const fix = `Run \`${shellCommand("connect-webhook", "screenshot", "--integration", integration.name)}\`.`;
      const former = source.fixture && session.formerName(source.fixture);
      const asBefore = former && { ...entry, fixture: posix.basename(former) };
      if (asBefore && stamp.data === sources.data({ ...source, entry: asBefore })) {
        const message = `The fixture was renamed from ${asBefore.fixture} since the picture was drawn; its payload is the same.`;
        findings.push({ path, message, fix, severity: "hint" });
      } else if (stamp.data !== sources.data(source)) {
        const message = "The fixture or its entry has changed since the picture was drawn.";
        findings.push({ path, message, fix });
      } else if (stamp.form !== (await sources.form(source))) {
        // Most edits of a view leave the message as it was, and an avatar that is made anew looks the same.
        const message = "The view or the avatar has changed since the picture was drawn.";
        findings.push({ path, message, fix, severity: "hint" });
      }
    }
    return findings;
  },
};
