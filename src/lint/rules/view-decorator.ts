import { clientDeclaration, viewFunctionOf } from "../client-name.ts";
import type { Rule } from "../rule.ts";
import { placeOf } from "../target.ts";

export const viewDecorator: Rule = {
  id: "view-decorator",
  part: "view",
  severity: "error",
  summary: "The view function has a webhook decorator that states the client name.",
  why: "The decorator checks the API key and names the client in logs and statistics; without it, anybody could post.",
  howToFix: 'Decorate the function with `@webhook_view("<vendor\'s name>")`.',
  needsEntry: false,
  check(target) {
    const view = target.view();
    const path = target.files.viewFile;
    const { displayName, functionName } = target.integration;
    const definition = view && viewFunctionOf(view, functionName);
    if (!view || path === undefined || !definition) return [];
    const declaration = clientDeclaration(definition);
    if (declaration?.stated) return [];
    const place = placeOf(view, declaration?.decorator.from ?? definition.node.from);
    const { webhookView } = target.checkout.dialect.view.library;
    const wanted = `@${webhookView}("${displayName.replaceAll(" ", "")}")`;
    if (!declaration) {
      const message = `\`${functionName}\` has no webhook decorator.`;
      return [{ path, ...place, message, fix: `Put \`${wanted}\` above it.` }];
    }
    const message = `The decorator of \`${functionName}\` names no client.`;
    return [{ path, ...place, message, fix: `Write \`${wanted}\`.` }];
  },
};
