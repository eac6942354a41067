/** What a tree's own script draws avatars with. */
import { resolveInside } from "../host/files.ts";
import { readBytesNow } from "../host/read-now.ts";

/** Where the script is. */
export const AVATAR_TOOL = "tools/setup/generate_integration_bots_avatars.py";

/** cairosvg fits a drawing into the square; pyvips makes it as large as whole pixels allow, and puts it in the middle. */
export type AvatarTool = "cairosvg" | "pyvips";

/** Reads the script's imports; a tree without the script is taken for one of Connect's age. */
export function avatarToolOf(root: string): AvatarTool {
  const script = readBytesNow(resolveInside(root, AVATAR_TOOL))?.toString("utf8") ?? "";
  return /^(?:import|from) pyvips\b/m.test(script) ? "pyvips" : "cairosvg";
}
