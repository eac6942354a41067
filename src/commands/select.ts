/** Which integrations a command works on. */
import { relative, resolve, sep } from "node:path";
import { findIntegration } from "../checkout/index.ts";
import type { Checkout, Integration } from "../checkout/model.ts";
import { UserError } from "../errors.ts";

export interface Selection {
  names: readonly string[];
  all: boolean;
  /** The folder the program was started in. */
  cwd: string;
  /** What no names outside of an integration's folder mean: commands that only read take all. */
  otherwise: "all" | "refuse";
}

/**
 * The named integrations, or all, or the one whose folder the user is in.
 * @throws UserError `unknown-integration` for a name the tree does not have;
 *   `no-names` when nothing says which ones.
 */
export function selectIntegrations(checkout: Checkout, selection: Selection): Integration[] {
  const { names, all, cwd, otherwise } = selection;
  if (all && names.length > 0) {
    throw new UserError("Names and --all exclude each other.", {
      code: "names-and-all",
      hint: "Leave out the names, or leave out --all.",
    });
  }
  if (all) return [...checkout.integrations];
  if (names.length > 0) return [...new Set(names)].map((name) => findIntegration(checkout, name));
  const here = integrationsAt(checkout, cwd);
  if (here.length > 0) return here;
  if (otherwise === "all") return [...checkout.integrations];
  throw new UserError("Nothing says which integrations are meant.", {
    code: "no-names",
    hint: "Name them, use --all, or run the command in the folder of one.",
  });
}

function integrationsAt(checkout: Checkout, cwd: string): Integration[] {
  const folder = relative(checkout.root, resolve(cwd)).split(sep).join("/");
  return checkout.integrations.filter(
    ({ directory }) => folder === directory || folder.startsWith(`${directory}/`),
  );
}
