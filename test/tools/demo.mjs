// Runs the whole loop on the embedded workspace, as a newcomer would type it, and stops at the first thing that fails.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const program = join(root, "bin", "connect-webhook.js");
const workspace = join(root, ".demo", "workspace");
const payload = join(root, "fixtures", "payloads", "acmedeploy", "deploy_finished.json");
const picture = join(workspace, "static/images/integrations/acmedeploy/001.png");

const steps = [
  ["Make a workspace: a small Connect-shaped tree", root, ["init", workspace]],
  ["See what is in it", workspace, ["list"]],
  [
    "Turn a captured payload into an integration",
    workspace,
    [
      "new",
      "acmedeploy",
      "--display-name",
      "Acme Deploy",
      "--category",
      "deployment",
      "--payload",
      payload,
      "--yes",
    ],
  ],
  ["Run its tests", workspace, ["test", "acmedeploy"]],
  ["See the message it sends", workspace, ["preview", "acmedeploy"]],
  ["Make the bot's avatar from the logo", workspace, ["avatar", "acmedeploy"]],
  [
    "Draw the picture for the documentation",
    workspace,
    ["screenshot", "--integration", "acmedeploy"],
  ],
  ["Check the whole checklist", workspace, ["lint", "acmedeploy"]],
  ["Run every test of the workspace", workspace, ["test", "--all"]],
];

const shown = (word) => {
  const path = word.startsWith(root) ? relative(root, word) || "." : word;
  return /\s/.test(path) ? `"${path}"` : path;
};

rmSync(join(root, ".demo"), { recursive: true, force: true });
mkdirSync(join(root, ".demo"));
for (const [index, [title, cwd, words]] of steps.entries()) {
  process.stdout.write(
    `\n${index + 1}. ${title}\n   $ connect-webhook ${words.map(shown).join(" ")}\n\n`,
  );
  const { status } = spawnSync(process.execPath, [program, ...words], { cwd, stdio: "inherit" });
  if (status !== 0) {
    process.stdout.write(`\nStep ${index + 1} ended with exit code ${status}.\n`);
    process.exit(1);
  }
}
if (!existsSync(picture)) {
  process.stdout.write("\nThe picture is missing.\n");
  process.exit(1);
}
process.stdout.write(
  `\nThat is the whole loop. The workspace is ${relative(process.cwd(), workspace)},\n`,
);
process.stdout.write(`and the picture is ${relative(process.cwd(), picture)}\n`);
