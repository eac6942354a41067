import type { Rule } from "../rule.ts";

/** Names that say nothing about what is in the file. */
const generic =
  /^(test|fixture|sample|example|payload|webhook|data|message|event|request|response|body|json|new|temp|tmp|foo|bar|untitled)s?[-_ ]?\d*$/i;

export const fixtureName: Rule = {
  id: "fixture-name",
  part: "fixtures",
  severity: "hint",
  summary: "A fixture's name says what happened.",
  why: "Names such as `test1` tell neither the reviewer nor the next author which event they look at.",
  howToFix: "Name the file after the event and what is special about it, and correct the tests.",
  needsEntry: false,
  check({ files, integration }) {
    return files.fixtures
      .filter(({ name }) => generic.test(name) || name === integration.name)
      .map(({ path, file }) => ({
        path,
        message: `The name ${file} does not say what happened.`,
        fix: "Name it after the event, such as `build_failed.json`.",
      }));
  },
};
