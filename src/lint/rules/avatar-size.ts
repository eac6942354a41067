import { shellCommand } from "../../host/shell-command.ts";
import { pngSize } from "../../image/chunks.ts";
import { avatarRepair } from "../images.ts";
import type { Rule } from "../rule.ts";

const SIDE = 100;

export const avatarSize: Rule = {
  id: "avatar-size",
  part: "avatar",
  severity: "error",
  summary: "The avatar is a PNG of 100 x 100 pixels.",
  why: "Avatars are served unchanged: a larger one wastes bandwidth on every message, a smaller one is blurred.",
  howToFix: "Run `connect-webhook avatar <name>`.",
  needsEntry: true,
  fixable: true,
  check(target) {
    const path = target.files.avatar;
    const bytes = path === undefined ? undefined : target.bytes(path);
    if (path === undefined || !bytes) return [];
    const size = pngSize(bytes);
    if (size?.width === SIDE && size.height === SIDE) return [];
    const fix = `Run \`${shellCommand("connect-webhook", "avatar", target.name)}\`.`;
    const message = size
      ? `The avatar is ${size.width} x ${size.height} pixels, not ${SIDE} x ${SIDE}.`
      : "The avatar is no readable PNG.";
    return [{ path, message, fix, repair: avatarRepair(target) }];
  },
};
