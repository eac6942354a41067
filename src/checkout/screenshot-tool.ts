/** What a tree's own screenshot tool calls the bots in its pictures. */
import { resolveInside } from "../host/files.ts";
import { readBytesNow } from "../host/read-now.ts";

const NAME = "generate-integration-docs-screenshot";
/** Where trees have had it. */
export const SCREENSHOT_TOOLS = [`tools/screenshots/${NAME}`, `tools/${NAME}`];

/** Whether a bot is called by its integration's `display_name`, as since 2025, and not by its name. */
export function namesBotsAsDisplayed(root: string): boolean {
  return SCREENSHOT_TOOLS.some((place) => {
    const script = readBytesNow(resolveInside(root, place))?.toString("utf8") ?? "";
    return /\{integration\.display_name\} Bot/.test(script);
  });
}
