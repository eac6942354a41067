import { stringsIn } from "../../python/module.ts";
import type { Rule } from "../rule.ts";
import { placeOf } from "../target.ts";

const helper = "get_setup_webhook_message";

export const setupMessage: Rule = {
  id: "setup-message",
  part: "view",
  severity: "hint",
  summary: "The response to a service's test request is the library's standard message.",
  why: "Everybody who connects a service sees this message first, and it should be the same for all services. If a view sends its own message instead, the rule reports it only in files that the branch adds.",
  howToFix: `Send \`${helper}("<vendor's name>")\` for the service's ping or test event.`,
  needsEntry: false,
  dialects: `Only in trees whose library has \`${helper}\`.`,
  check(target) {
    const view = target.view();
    const path = target.files.viewFile;
    if (!view || path === undefined) return [];
    if (!target.checkout.dialect.view.commonNames.has(helper)) return [];
    const texts = target.files.viewFiles.map((file) => target.text(file) ?? "");
    if (texts.some((text) => text.includes(helper))) return [];
    const ping = stringsIn(view.text, view.root).find(
      ({ value, from }) =>
        value !== undefined &&
        /^(ping|test|webhook[._:-]?(test|ping)|test[._:-]?webhook)$/i.test(value) &&
        /[=!]=\s*$/.test(view.text.slice(0, from)),
    );
    if (!ping) return [];
    const silent = /^["']\s*:\s*(#.*\n\s*)?return json_success\(/.test(
      view.text.slice(ping.to - 1),
    );
    if (!silent && !target.session.isNew(path)) return [];
    return [
      {
        path,
        ...placeOf(view, ping.from),
        message: `The view answers "${ping.value}" without \`${helper}\`.`,
        fix: `Send \`${helper}("${target.integration.displayName}")\`, from \`zerver.lib.webhooks.common\`.`,
      },
    ];
  },
};
