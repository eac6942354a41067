/** The option that says how a message looks, for the commands that draw one. */
import type { Checkout } from "../checkout/model.ts";
import type { Theme, ThemeName } from "../preview/index.ts";
import type { Output } from "../ui/output.ts";
import type { OptionSpec } from "./define.ts";

const NAMES = ["builtin", "checkout"] as const satisfies readonly ThemeName[];

export const themeOption = {
  value: "theme",
  choices: NAMES,
  description: "the theme: this program's own, or the tree's (default: the tree's, if it has one)",
} as const satisfies OptionSpec;

/**
 * The theme for the option's value, and a word to the user where it is not the one to expect.
 * @throws UserError `unreadable-theme` when the tree's look is asked for and cannot be used.
 */
export async function themeFor(
  checkout: Checkout,
  wanted: ThemeName | undefined,
  out: Output,
): Promise<Theme> {
  const { chooseTheme } = await import("../preview/index.ts");
  const { theme, warning } = await chooseTheme(checkout, wanted);
  if (warning !== undefined) out.warn(warning);
  return theme;
}
