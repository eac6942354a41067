import { messageOf, UserError } from "../../errors.ts";
import { noteUnrepeatable } from "../../host/reads.ts";
import { shellCommand } from "../../host/shell-command.ts";
import { pngSize, showsLogo, TooCostlyError } from "../../image/index.ts";
import { type AnswerCache, openAnswers } from "../cache/answers.ts";
import { avatarRepair, type UsableLogo, usableLogoOf } from "../images.ts";
import type { Rule } from "../rule.ts";
import type { LintSession } from "../session.ts";
import type { LintTarget } from "../target.ts";

/** Grows when avatars are drawn or compared differently, so that what was found before does not count. */
const JUDGEMENT = 3;

/** What is wrong with an avatar; empty when nothing is. */
type Verdict = "" | "other" | `! ${string}`;

export const avatarFresh: Rule = {
  id: "avatar-fresh",
  part: "avatar",
  severity: "warning",
  summary: "The avatar shows the current logo.",
  why: "Avatars are made from the logo in a separate step, which is easily forgotten when a service changes its logo.",
  howToFix: "Run `connect-webhook avatar <name>`.",
  needsEntry: true,
  fixable: true,
  async begin(target) {
    // Whoever waits for the verdict is told what went wrong.
    judged(target)?.verdict.catch(() => {});
  },
  async check(target) {
    const found = judged(target);
    if (!found) return [];
    const { path, logo } = found;
    const verdict = await found.verdict;
    if (verdict === "") return [];
    if (verdict !== "other") return [{ path: logo.path, message: verdict.slice(2) }];
    return [
      {
        path,
        message: "The avatar shows something else than the logo.",
        fix: `Run \`${shellCommand("connect-webhook", "avatar", target.name)}\`.`,
        repair: avatarRepair(target),
      },
    ];
  },
};

/** What is drawn of the logo goes on elsewhere, so it begins before the rules look. */
function judged(
  target: LintTarget,
): { path: string; logo: UsableLogo; verdict: Promise<Verdict> } | undefined {
  const path = target.files.avatar;
  const avatar = path === undefined ? undefined : target.bytes(path);
  const logo = usableLogoOf(target);
  // What is no avatar at all is `avatar-size`'s business.
  if (path === undefined || !avatar || !hasAvatarSize(avatar) || !logo) return undefined;
  const verdict = target.session.once(`avatar:${path} ${logo.path}`, async () => {
    const kept = await keptVerdicts(target.session);
    const subject = [logo.kind, logo.bytes, avatar];
    return kept.get(subject, () => verdictOf(logo, avatar)).catch(refusal);
  });
  return { path, logo, verdict };
}

function hasAvatarSize(avatar: Uint8Array): boolean {
  const size = pngSize(avatar);
  return size?.width === 100 && size.height === 100;
}

/** @throws UserError for a logo that cannot be drawn in time. On another day it may be: that is not kept. */
async function verdictOf(logo: UsableLogo, avatar: Uint8Array): Promise<Verdict> {
  try {
    return (await showsLogo(avatar, logo.bytes, logo.kind)) ? "" : "other";
  } catch (error) {
    if (error instanceof TooCostlyError) noteUnrepeatable("a logo that takes too long to draw");
    else if (error instanceof UserError) return refusal(error);
    throw error;
  }
}

function refusal(error: unknown): Verdict {
  if (error instanceof UserError) return `! ${messageOf(error)}`;
  throw error;
}

function keptVerdicts(session: LintSession): Promise<AnswerCache<Verdict>> {
  return session.once("kept avatars", async () => {
    const kept = await openAnswers<Verdict>("avatars", { judgement: JUDGEMENT });
    session.atEnd(() => kept.save());
    return kept;
  });
}
