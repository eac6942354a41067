import type { ScreenshotEntry } from "../../checkout/model.ts";
import { viewFunctionOf } from "../client-name.ts";
import { demandedParameters } from "../request-parameters.ts";
import type { Finding, Rule } from "../rule.ts";
import type { LintTarget } from "../target.ts";

export const screenshotParameters: Rule = {
  id: "screenshot-parameters",
  part: "screenshot",
  severity: "error",
  summary:
    "Every screenshot entry states the parameters that the view requires, and none that it does not have.",
  why: "Otherwise the view responds with an error, and no screenshot can be drawn.",
  howToFix:
    "Add the parameter to the entry's `extra_params`; if the parameter holds the payload, set `payload_as_query_param=True` in the entry.",
  needsEntry: true,
  check(target) {
    const view = target.view();
    // Of a view that is no Python, anything may look like a parameter.
    if (view && view.problems.length > 0) return [];
    const endpoint = view && viewFunctionOf(view, target.integration.functionName);
    const demanded = endpoint ? demandedParameters(view, endpoint) : [];
    const strange = endpoint
      ? target.integration.screenshots.flatMap((entry) => strangeIn(target, entry))
      : [];
    if (demanded.length === 0) return strange;
    const lacking = target.integration.screenshots.flatMap((entry) => {
      const given = parametersGiven(target, entry);
      const missing = demanded.filter(
        ({ name, aliases }) => given && ![name, ...aliases].some((one) => given.has(one)),
      );
      if (missing.length === 0) return [];
      const list = missing.map(({ name }) => `"${name}"`).join(", ");
      return [
        {
          path: target.checkout.registryPath,
          line: entry.line,
          message: `The view demands ${list}, which the screenshot entry does not give.`,
          fix: `Add ${list} to its \`extra_params\`, or let it send the payload as a parameter.`,
        },
      ];
    });
    return [...lacking, ...strange];
  },
};

/** Parameters of the entry that no module of the view ever names. */
function strangeIn(target: LintTarget, entry: ScreenshotEntry): Finding[] {
  const { extraParams, payloadAsQueryParam, payloadParamName, line } = entry;
  const texts = target.files.viewFiles.map((path) => target.text(path) ?? "");
  // Another integration's view may stand behind this one's.
  if (texts.some((text) => /^from zerver\.webhooks\.(?!\w+\.view import \()/m.test(text)))
    return [];
  const names = [...Object.keys(extraParams), ...(payloadAsQueryParam ? [payloadParamName] : [])];
  const place = { path: target.checkout.registryPath, line };
  const unknown = names
    .filter((name) => !general.has(name) && !texts.some((text) => text.includes(name)))
    .map((name) => `"${name}"`);
  const findings: Finding[] = [];
  if (unknown.length > 0) {
    const list = unknown.join(", ");
    const message = `The screenshot entry gives ${list}, which the view does not know.`;
    findings.push({
      ...place,
      severity: "warning",
      message,
      fix: `Take ${list} out, or let the view take it.`,
    });
  }
  const body = new RegExp(`^ +${payloadParamName}: JsonBodyPayload\\b`, "m");
  if (payloadAsQueryParam && texts.some((text) => body.test(text))) {
    const message =
      "The screenshot entry sends the payload as a parameter, but the view takes it as the request's body.";
    findings.push({
      ...place,
      severity: "warning",
      message,
      fix: "Take `payload_as_query_param` out.",
    });
  }
  return findings;
}

/** What every webhook's URL may have. */
const general = new Set(["api_key", "stream", "topic", "only_events", "exclude_events"]);

/**
 * The parameters of the request for a picture, as Connect's screenshot tool composes it; undefined when that cannot be
 * known.
 */
function parametersGiven(target: LintTarget, entry: ScreenshotEntry): Set<string> | undefined {
  const { fixture, extraParams, payloadAsQueryParam, payloadParamName, range } = entry;
  const stated = target.checkout.registrySource.slice(range.from, range.to);
  // Parameters that are not written out cannot be read.
  const unread = Object.keys(extraParams).length === 0 && /\bextra_params\b/.test(stated);
  const file = target.files.fixtures.find((one) => one.file === fixture);
  // A fixture that is missing is `screenshot-fixture`'s to say.
  if (unread || (fixture !== "" && !file)) return undefined;
  const given = new Set(["api_key", "stream", ...Object.keys(extraParams)]);
  if (payloadAsQueryParam) given.add(payloadParamName);
  const body = (file && target.text(file.path)) ?? "";
  // A text is sent as a form. Whatever is no form has no such names.
  for (const name of new URLSearchParams(body.trim()).keys()) given.add(name);
  for (const [, name = ""] of body.matchAll(/\bname="([^"\r\n]*)"/g)) given.add(name);
  return given;
}
