import { shellCommand } from "../../host/shell-command.ts";
import { avatarRepair } from "../images.ts";
import { type Rule, skip } from "../rule.ts";

export const avatarFile: Rule = {
  id: "avatar-file",
  part: "avatar",
  severity: "error",
  summary: "The integration's bot has an avatar.",
  why: "The documentation's screenshots and the messages of new bots show it.",
  howToFix: "Run `connect-webhook avatar <name>`.",
  needsEntry: true,
  fixable: true,
  check(target) {
    const { checkout, files, integration } = target;
    if (files.avatar !== undefined) return [];
    // The registries of trees from before 2020 know no avatars.
    if (!/bot_avatar/.test(checkout.registrySource)) return skip("the registry knows no avatars");
    const fix = `Run \`${shellCommand("connect-webhook", "avatar", integration.name)}\`.`;
    return [
      {
        path: integration.avatar,
        message: "The bot has no avatar.",
        fix,
        repair: avatarRepair(target),
      },
    ];
  },
};
