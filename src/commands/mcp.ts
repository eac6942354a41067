import { ExitCode } from "../errors.ts";
import { defineCommand } from "./define.ts";

export default defineCommand({
  name: "mcp",
  summary: "serve the commands to a coding assistant",
  description:
    "Serves this program's commands to a coding assistant, over the Model Context Protocol on stdin and stdout. The " +
    "assistant's client starts it; `explain assistants` says how to set that up. It works on one tree: --checkout, " +
    "else the one that it is started in.\n\n" +
    "Tools that read give the commands' JSON; screenshot gives the picture. Tools that write give a plan first, and " +
    "write it when they are called again with the plan's id. Paths have to lie in the tree. It ends with stdin.",
  args: [],
  options: {},
  examples: [
    { line: "mcp", does: "Serves the tree that you are in, until stdin ends." },
    { line: "mcp -C workspace", does: "Serves another one." },
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
