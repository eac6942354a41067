import { codeFiles } from "../../checkout/index.ts";
import { importsBelow } from "../imports.ts";
import type { Rule } from "../rule.ts";
import { placeOf } from "../target.ts";

export const foreignImport: Rule = {
  id: "foreign-import",
  part: "view",
  severity: "hint",
  summary: "The integration imports nothing from another integration.",
  why: "Whoever changes the other integration does not know that this one depends on it.",
  howToFix:
    "Move the shared code to `zerver/lib/webhooks/`, unless one integration is a variant of the other.",
  needsEntry: false,
  check(target) {
    const { directoryName } = target.integration;
    const { testsFile } = target.files;
    return codeFiles(target.files).flatMap((path) => {
      const module = target.session.module(path);
      if (!module) return [];
      const foreign = importsBelow(module).filter(({ module: from }) => {
        const [, folder] = /^zerver\.webhooks\.(\w+)/.exec(from) ?? [];
        return folder !== undefined && folder !== directoryName;
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
