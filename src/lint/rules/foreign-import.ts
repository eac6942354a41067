import type { Rule } from "../rule.ts";
import { placeOf } from "../target.ts";

export const foreignImport: Rule = {
  id: "foreign-import",
  part: "view",
  severity: "hint",
  summary: "The integration imports nothing from another integration.",
  why: "Whoever changes that other integration does not know that this one depends on it.",
  howToFix: "Move what both need to `zerver/lib/webhooks/`, unless one is a variant of the other.",
  needsEntry: false,
  check(target) {
    const { directoryName } = target.integration;
    return target.files.viewFiles.flatMap((path) => {
      const module = target.session.module(path);
      const foreign = module?.imports.filter(({ module: from }) => {
        const [, folder] = /^zerver\.webhooks\.(\w+)/.exec(from) ?? [];
        return folder !== undefined && folder !== directoryName;
      });
      // One statement may bring in several names.
      const statements = new Map(foreign?.map((one) => [one.from, one]));
      return [...statements.values()].map(({ from, module: source }) => ({
        path,
        ...(module && placeOf(module, from)),
        message: `The view imports from ${source}, another integration.`,
        fix: "Move what both need to `zerver/lib/webhooks/`, unless one is a variant of the other.",
      }));
    });
  },
};
