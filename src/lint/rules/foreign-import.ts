import { codeFiles } from "../../checkout/index.ts";
import { toExpression } from "../../python/expression.ts";
import { childrenOf, findNodes } from "../../python/source.ts";
import type { Expression } from "../../python/syntax.ts";
import { viewFunctionOf } from "../client-name.ts";
import { importsBelow } from "../imports.ts";
import type { Rule } from "../rule.ts";
import { type LintTarget, placeOf } from "../target.ts";

export const foreignImport: Rule = {
  id: "foreign-import",
  part: "view",
  severity: "hint",
  summary: "The integration imports nothing from another integration.",
  why: "Whoever changes the other integration does not know that this one depends on it. Variants are expected to share code: two integrations whose names differ by a version or an addition, such as `lantern2` and `lantern3`, or one whose view hands each request over to the other's function.",
  howToFix:
    "Move the shared code to `zerver/lib/webhooks/`, unless one integration is a variant of the other.",
  needsEntry: false,
  check(target) {
    const { directoryName } = target.integration;
    const { testsFile } = target.files;
    const original = handedOverTo(target);
    return codeFiles(target.files).flatMap((path) => {
      const module = target.session.module(path);
      if (!module) return [];
      const foreign = importsBelow(module).filter(({ module: from }) => {
        const folder = folderOf(from);
        if (folder === undefined || folder === directoryName || folder === original) return false;
        return !haveOneStem(folder, directoryName);
      });
      // One statement may bring in several names.
      const statements = new Map(foreign.map((one) => [one.offset, one]));
      const what = path === testsFile ? "tests import" : "view imports";
      return [...statements.values()].map(({ offset, module: source }) => ({
        path,
        ...placeOf(module, offset),
        message: `The ${what} from ${source}, another integration.`,
        fix: "Move what both need to `zerver/lib/webhooks/`, unless one is a variant of the other.",
      }));
    });
  },
};

function folderOf(module: string): string | undefined {
  return /^zerver\.webhooks\.(\w+)/.exec(module)?.[1];
}

/** Whether two names are the same but for a version at the end, or one is the other with an addition. */
function haveOneStem(one: string, other: string): boolean {
  const stem = (name: string): string => name.replace(/_?v?(?<!\d)\d+$/, "");
  if (stem(one) !== "" && stem(one) === stem(other)) return true;
  return one.startsWith(`${stem(other)}_`) || other.startsWith(`${stem(one)}_`);
}

/** The integration whose function makes every response of the view: it is given the request, and its result is returned. */
function handedOverTo(target: LintTarget): string | undefined {
  const view = target.view();
  const definition = view && viewFunctionOf(view, target.integration.functionName);
  if (!view || !definition) return undefined;
  const imports = new Map(importsBelow(view).map((one) => [one.alias, folderOf(one.module)]));
  const folders = findNodes(definition.node, "ReturnStatement").map((node) => {
    const result = [...childrenOf(node)].find(({ name }) => /Expression$/.test(name));
    const call = result && toExpression(view.text, result);
    if (call?.kind !== "call" || !call.args.some(({ value }) => isRequest(value))) return undefined;
    return imports.get(call.callee);
  });
  return folders.every((one) => one === folders[0]) ? folders[0] : undefined;
}

const isRequest = (value: Expression): boolean => value.kind === "name" && value.name === "request";
