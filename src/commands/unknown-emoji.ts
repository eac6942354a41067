/** Names of emoji in messages that Connect shows as they are, because it has no such emoji. */
import { join } from "node:path";
import { emojiAdvice, integrationFiles, treeEmoji } from "../checkout/index.ts";
import type { Checkout, Integration } from "../checkout/model.ts";
import type { Delivery } from "../engine/index.ts";
import { readTextIfExists } from "../host/files.ts";
import { bundledEmoji, unknownEmoji } from "../markdown/index.ts";

/**
 * Says which emoji of messages there are not, and what Connect calls them. What a fixture holds is what somebody wrote,
 * and no name of the view's.
 * @returns Two sentences for each name.
 */
export async function unknownEmojiIn(
  checkout: Checkout,
  integration: Integration,
  contents: readonly string[],
): Promise<string[]> {
  if (!contents.some((content) => /:[a-z][\w+-]*:/.test(content))) return [];
  const emoji = (await treeEmoji(checkout.root)) ?? bundledEmoji();
  const names = new Set(contents.flatMap((content) => unknownEmoji(content, emoji)));
  if (names.size === 0) return [];
  const { fixtures } = await integrationFiles(checkout, integration);
  const texts = await Promise.all(
    fixtures.map(({ path }) => readTextIfExists(join(checkout.root, path))),
  );
  return [...names]
    .filter((name) => !texts.some((text) => text?.includes(`:${name}:`)))
    .map(
      (name) =>
        `The message shows :${name}: as it is: Connect has no such emoji. ${emojiAdvice(name, emoji)}`,
    );
}

/** The texts of what a delivery sent. */
export const contentsOf = ({ messages }: Delivery): string[] =>
  messages.map(({ content }) => content);
