import type { Rule } from "../rule.ts";

export const testsFile: Rule = {
  id: "tests-file",
  part: "tests",
  severity: "error",
  summary: "The integration has a `tests.py`.",
  why: "Without tests, nobody notices when the integration stops working.",
  howToFix: "Write `tests.py` with a class derived from `WebhookTestCase`.",
  needsEntry: false,
  check({ files, integration }) {
    if (files.testsFile !== undefined) return [];
    return [
      {
        path: integration.testsFile,
        message: "There is no `tests.py`.",
        fix: "Write it, with a class derived from `WebhookTestCase`.",
      },
    ];
  },
};
