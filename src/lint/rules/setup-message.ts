import { stringsIn } from "../../python/module.ts";
import { findNodes } from "../../python/source.ts";
import type { Rule } from "../rule.ts";
import { type LintTarget, placeOf } from "../target.ts";

const helper = "get_setup_webhook_message";

export const setupMessage: Rule = {
  id: "setup-message",
  part: "view",
  severity: "hint",
  summary: "The response to a service's test request is the library's standard message.",
  why: "Everybody who connects a service sees this message first, and it should be the same for all services. If a view sends its own message instead, or a test asserts that nothing is sent, the rule reports it only in files that the branch adds.",
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
    const isMeant = !silent || expectsSilence(target, ping.value ?? "");
    if (isMeant && !target.session.isNew(path)) return [];
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

/** How a test asserts that nothing is sent. */
const nothingSent =
  /\.assert_not_called\(|assertFalse\([\w.]+\.called\)|\.call_count, 0\)|expect_noop=True/;

/** Whether a test that names the event asserts that it is not answered with a message. */
function expectsSilence(target: LintTarget, event: string): boolean {
  const module = target.tests()?.module;
  if (!module) return false;
  return findNodes(module.root, "FunctionDefinition").some(({ from, to }) => {
    const source = module.text.slice(from, to);
    return source.includes(event) && nothingSent.test(source);
  });
}
