/** What a tree states in its code, and messages depend on. */
import { join } from "node:path";
import { readTextIfExists } from "../host/files.ts";
import type { TreeTexts } from "./expect.ts";

const USUAL_TOPIC_LIMIT = 60;

/**
 * The longest topic in characters: `MAX_TOPIC_NAME_LENGTH` of the tree's models.
 * @param root The tree's absolute folder.
 */
export async function topicLimitOf(root: string): Promise<number> {
  for (const path of [
    "zerver/models/constants.py",
    "zerver/models.py",
    "zerver/models/__init__.py",
  ]) {
    const source = await readTextIfExists(join(root, path));
    const stated = /^MAX_TOPIC_NAME_LENGTH(?:: int)? = (\d+)$/m.exec(source ?? "")?.[1];
    if (stated !== undefined) return Number(stated);
  }
  return USUAL_TOPIC_LIMIT;
}

/**
 * Reads what the expected messages of a tree depend on.
 * @param root The tree's absolute folder.
 */
export async function treeTextsOf(root: string): Promise<TreeTexts> {
  const common = (await readTextIfExists(join(root, "zerver/lib/webhooks/common.py"))) ?? "";
  const constant = (name: string): string | undefined =>
    new RegExp(`^${name} = "([^"\\\\]*)"$`, "m").exec(common)?.[1];
  const message = constant("SETUP_MESSAGE_TEMPLATE");
  const by = constant("SETUP_MESSAGE_USER_PART");
  const known = message?.includes("{integration}") && by?.includes("{user_name}");
  return {
    topicLimit: await topicLimitOf(root),
    ...(known && message !== undefined && by !== undefined && { setup: { message, by } }),
  };
}
