import { ExitCode } from "../errors.ts";
import { defineCommand } from "./define.ts";

export default defineCommand({
  name: "mcp",
  summary: "offer the commands to a coding assistant",
  description:
    "Offers this program's commands to a coding assistant, over the Model Context Protocol on stdin and stdout. The " +
    "assistant's client starts it; `explain assistants` describes the set-up. It works on one tree: --checkout, or " +
    "the tree in which it is started.\n\n" +
    "Tools that read return the commands' JSON; screenshot returns the picture. Tools that write first return a plan, " +
    "and write it when they are called again with the plan's ID. Paths must be inside the tree. When stdin closes, the " +
    "server answers the calls it has received, and ends.",
  args: [],
  options: {},
  examples: [
    { line: "mcp", does: "Serves the current tree until stdin closes." },
    { line: "mcp -C workspace", does: "Serves another tree." },
  ],
  async run(_input, context) {
    const { root } = await context.checkout();
    const { serve } = await import("./mcp/serve.ts");
    // Ending it is what signals are for here.
    context.signals.areUsual();
    await serve(root, context);
    return ExitCode.Ok;
  },
});
