/** Which integrations a test run is about. */
import { changedFiles } from "../../checkout/changed.ts";
import type { Checkout, Integration } from "../../checkout/model.ts";
import { countTests, entriesChanged, reachedBy } from "../../checkout/reach.ts";
import { selectIntegrations } from "../select.ts";
import type { Shard, TestOptions } from "./options.ts";

/**
 * The integrations to test.
 * @throws UserError as `selectIntegrations`, and as git where the changed ones are asked for.
 */
export async function chooseTargets(
  checkout: Checkout,
  names: readonly string[],
  options: Pick<TestOptions, "all" | "changed" | "shard">,
  cwd: string,
): Promise<Integration[]> {
  const { all, changed, shard } = options;
  const chosen =
    changed === undefined
      ? selectIntegrations(checkout, { names, all, cwd, otherwise: "all" })
      : await changedIntegrations(checkout, changed === "" ? undefined : changed);
  return shard ? shardOf(checkout, chosen, shard) : chosen;
}

async function changedIntegrations(
  checkout: Checkout,
  base: string | undefined,
): Promise<Integration[]> {
  const changed = await changedFiles(checkout.root, base);
  const reached = new Set([
    ...(await reachedBy(checkout, changed.touched)),
    ...(await entriesChanged(checkout, changed)),
  ]);
  return checkout.integrations.filter((integration) => reached.has(integration));
}

/**
 * The part of the integrations that one machine of several tests: about as many tests each, and the same on every
 * machine. Integrations that share a folder stay together, for they share its tests.
 */
async function shardOf(
  checkout: Checkout,
  integrations: readonly Integration[],
  { index, of }: Shard,
): Promise<Integration[]> {
  const folders = new Map(integrations.map((one) => [one.directoryName, one]));
  const weights = await Promise.all(
    [...folders].map(async ([folder, one]) => ({ folder, tests: await countTests(checkout, one) })),
  );
  weights.sort((a, b) => b.tests - a.tests || (a.folder < b.folder ? -1 : 1));
  const loads = Array.from({ length: of }, () => 0);
  const mine = new Set<string>();
  for (const { folder, tests } of weights) {
    const lightest = loads.indexOf(Math.min(...loads));
    // A folder costs something even where nothing in it looks like a test.
    loads[lightest] = (loads[lightest] ?? 0) + Math.max(tests, 1);
    if (lightest === index - 1) mine.add(folder);
  }
  return integrations.filter(({ directoryName }) => mine.has(directoryName));
}
