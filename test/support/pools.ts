/** Python and browsers that the tests of a worker share: starting them for each was half of the run. */
import { Pools } from "../../src/commands/pools.ts";
import { type Engine, type EngineOptions, openEngine } from "../../src/engine/index.ts";

export const pools = new Pools();

/** An engine whose Python another test may have used before. Tests of starts and of harmful code open their own. */
export function openSharedEngine(options: EngineOptions): Promise<Engine> {
  return openEngine({ ...options, pool: pools.python });
}
