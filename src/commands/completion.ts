import { UserError } from "../errors.ts";
import { completionScript, SHELLS } from "./completion/scripts.ts";
import { defineCommand } from "./define.ts";

export default defineCommand({
  name: "completion",
  summary: "print a completion script for bash, zsh or fish",
  isQuick: true,
  description:
    "Prints a script that completes commands, options and their values, the tree's integrations, fixtures and " +
    "categories, and lint rules. In bash, add `source <(connect-webhook completion bash)` to ~/.bashrc; in zsh, add " +
    "the same line with zsh to ~/.zshrc, after compinit; for fish, write the script to " +
    "~/.config/fish/completions/connect-webhook.fish.",
  args: [{ name: "shell", description: SHELLS.join(", "), required: true }],
  options: {},
  examples: [
    { line: "completion bash", does: "Prints the script for bash." },
    {
      line: "completion fish > ~/.config/fish/completions/connect-webhook.fish",
      does: "Installs the script for fish.",
    },
  ],
  async run({ args }, { out }) {
    const shell = SHELLS.find((one) => one === args.shell);
    if (shell === undefined) {
      throw new UserError(`There is no completion for ${args.shell === "" ? "''" : args.shell}.`, {
        code: "unknown-shell",
        hint: `Use one of ${SHELLS.join(", ")}.`,
      });
    }
    const script = completionScript(shell);
    out.report({ version: 1, shell, script });
    out.data(script);
    return undefined;
  },
});
