/** `test --engine checkout`: Connect's own runner, as it is heard from. */

import type { Checkout, Integration } from "../../checkout/model.ts";
import { runOnCheckout as runTests } from "../../engine/checkout-runner.ts";
import type { TestRun } from "../../engine/index.ts";
import { printableLine } from "../../ui/steering.ts";
import { count } from "../../ui/text.ts";
import type { Context } from "../define.ts";

/** Runs the tests; with `--verbose` every line of the runner is shown. */
export async function runOnCheckout(
  checkout: Checkout,
  targets: readonly Integration[],
  { prefix, bail }: { prefix: string | undefined; bail: boolean },
  { out, signal }: Pick<Context, "out" | "signal">,
): Promise<TestRun> {
  const progress = out.progress("Starting tools/test-backend");
  let done = 0;
  try {
    return await runTests({
      root: checkout.root,
      targets,
      bail,
      signal,
      ...(prefix !== undefined && { prefix }),
      onLine: (line) => out.detail(line),
      onResult({ id }) {
        done += 1;
        progress.update(`${count(done, "test")} run · ${printableLine(id.split(".")[2] ?? "")}`);
      },
    });
  } finally {
    progress.stop();
  }
}
