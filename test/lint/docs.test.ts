/** docs/lint.md is made from the rules; run this file with `vitest run -u` to write it. */
import { join } from "node:path";
import { expect, it } from "vitest";
import { packageRoot } from "../../src/host/assets.ts";
import { rules } from "../../src/lint/index.ts";
import { rulesPage } from "./rules-page.ts";

it("docs/lint.md is current", async () => {
  await expect(rulesPage(rules)).toMatchFileSnapshot(join(packageRoot, "docs", "lint.md"));
});
