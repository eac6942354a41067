/** What a command that changes a tree reports with `--json`. */
import type { FileChange } from "../host/changes.ts";

/**
 * @param name The integration.
 * @param changes The changes that were made, or would be.
 * @param dryRun Whether they were only planned.
 */
export function changeReport(name: string, changes: readonly FileChange[], dryRun: boolean) {
  const paths = (kind: FileChange["kind"]): string[] =>
    changes.filter((change) => change.kind === kind).map(({ path }) => path);
  return {
    version: 1,
    name,
    created: paths("create"),
    updated: paths("update"),
    removed: paths("remove"),
    dryRun,
  };
}
