/** Which theme the pictures of a tree have. */
import type { Checkout } from "../../checkout/model.ts";
import { UserError } from "../../errors.ts";
import { builtinTheme } from "./builtin.ts";
import { hasTheme, openCheckoutTheme } from "./checkout/index.ts";
import type { Theme, ThemeName } from "./theme.ts";

export interface ChosenTheme {
  theme: Theme;
  /** What the user should know about it, in a sentence. */
  warning?: string;
}

/**
 * Chooses the theme.
 * @param wanted What the user said. Without it, a tree that has a look of its own gets that.
 * @throws UserError `unreadable-theme` when the tree's own look is wanted and cannot be used.
 */
export async function chooseTheme(
  checkout: Checkout,
  wanted: ThemeName | undefined,
): Promise<ChosenTheme> {
  if (wanted === "builtin" || (wanted === undefined && !hasTheme(checkout))) {
    return { theme: builtinTheme };
  }
  try {
    const theme = await openCheckoutTheme(checkout);
    if (theme.missing.length === 0) return { theme };
    const list = theme.missing.join(", ");
    return {
      theme,
      warning: `Styles that the tree takes from packages are missing here: ${list}.`,
    };
  } catch (error) {
    if (wanted !== undefined || !(error instanceof UserError)) throw error;
    return { theme: builtinTheme, warning: `${error.message} The builtin theme is used instead.` };
  }
}
