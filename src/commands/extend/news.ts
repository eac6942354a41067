/** What of the payloads of `extend` the world does not have yet: only that can be held back. */
import { knownFiles } from "../../checkout/index.ts";
import type { Payload } from "../../payload/index.ts";
import { type NamingInput, ownFixture } from "../../scaffold/extend/index.ts";
import type { Context } from "../define.ts";
import { type Publishable, publishable } from "../publishable.ts";

/**
 * The payloads as they may be published. A fixture that git tracks already, or that is there where no git is, is left
 * to lint.
 * @param redact Whether `--redact` was given.
 * @throws UserError as `publishable` does.
 */
export async function withNewsChecked(
  naming: NamingInput,
  payloads: readonly Payload[],
  redact: boolean,
  context: Context,
): Promise<Publishable> {
  const { checkout, integration } = naming;
  const { root } = checkout;
  const { name, fixturesDirectory: folder } = integration;
  const known = await knownFiles(root, folder);
  const news = payloads.filter((payload) => {
    const own = ownFixture(naming, payload);
    return own === undefined || known?.tracked.has(own.path) === false;
  });
  const safe = await publishable(news, { root, name, folder, redact }, context);
  const all = payloads.map(
    (payload) => safe.payloads.find(({ source }) => source === payload.source) ?? payload,
  );
  return { payloads: all, replaced: safe.replaced };
}
