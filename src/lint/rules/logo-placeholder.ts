import { shellCommand } from "../../host/shell-command.ts";
import { isPlaceholder } from "../../image/placeholder.ts";
import { logoOf } from "../images.ts";
import type { Rule } from "../rule.ts";

export const logoPlaceholder: Rule = {
  id: "logo-placeholder",
  part: "logo",
  severity: "warning",
  summary: "The logo is the service's own, not the placeholder that `new` drew.",
  why: "The placeholder is there so that everything works from the start; it must not be merged.",
  howToFix: "Replace the file with the service's logo, then make the avatar again.",
  needsEntry: true,
  check(target) {
    const logo = logoOf(target);
    if (!logo || !isPlaceholder(logo.bytes)) return [];
    const fix = `Replace it with the service's logo, then run \`${shellCommand("connect-webhook", "avatar", target.name)}\`.`;
    return [{ path: logo.path, message: "The logo is still the placeholder.", fix }];
  },
};
