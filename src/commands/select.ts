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
  if (all) return [...checkout.integrations];
  if (names.length > 0) return [...new Set(names)].map((name) => findIntegration(checkout, name));
  const here = integrationsAt(checkout, cwd);
  if (here.length > 0) return here;
  if (otherwise === "all") return [...checkout.integrations];
  throw new UserError("No integrations were named.", {
    code: "no-names",
    hint: "Name them, use --all, or run the command in an integration's folder.",
  });
}

/** What the folder that the user is in belongs to: names of integrations, or a folder without a registry entry. */
export function foldersAt(checkout: Checkout, cwd: string): string[] {
  const here = integrationsAt(checkout, cwd).map(({ name }) => name);
  if (here.length > 0) return here;
  return checkout.orphans.filter((name) => isAt(checkout, cwd, `zerver/webhooks/${name}`));
}

function integrationsAt(checkout: Checkout, cwd: string): Integration[] {
  return checkout.integrations.filter(({ directory }) => isAt(checkout, cwd, directory));
}

function isAt({ root }: Checkout, cwd: string, directory: string): boolean {
  const folder = relative(root, resolve(cwd)).split(sep).join("/");
  return folder === directory || folder.startsWith(`${directory}/`);
}
