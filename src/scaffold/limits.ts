/** Limits that a tree states in its code. */
import { join } from "node:path";
import { readTextIfExists } from "../host/files.ts";

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
