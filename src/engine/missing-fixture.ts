/** A fixture that is not there, told the same by tests and deliveries; Python sees no link that leads nowhere. */
import { join, relative, sep } from "node:path";
import { UserError } from "../errors.ts";
import { linkTarget } from "../host/links.ts";

/** As the harness says it (`broken_fixture.py`, `delivery.py`). */
const MISSING =
  /^(zerver\/webhooks\/\w+\/fixtures) has no file ([^\s:/\\]+)(?=$|: the link leads to )/;

/** The path of the fixture that is not there, where a message says that. */
export function missingFixture(message: string): string | undefined {
  const [, folder, file] = MISSING.exec(message) ?? [];
  return folder === undefined ? undefined : `${folder}/${file}`;
}

/**
 * Says of a fixture that is not there where its link leads, if it is one.
 * @param root The checkout's absolute folder.
 * @param message A message of any kind; another one stays as it is.
 */
export async function withLink(root: string, message: string): Promise<string> {
  const path = missingFixture(message);
  const target = path === undefined ? undefined : await linkTarget(join(root, path));
  if (target === undefined) return message;
  const place = relative(root, target).split(sep).join("/");
  return `${message}: the link leads to ${place}, which is not there`;
}

/** The same for an error that a delivery is refused with; any other one stays. */
export async function namingLink(root: string, error: unknown): Promise<unknown> {
  if (!(error instanceof UserError)) return error;
  const said = error.message.replace(/\.$/, "");
  const { code, hint = "", cause } = error;
  const message = await withLink(root, said);
  return message === said ? error : new UserError(`${message}.`, { code, hint, cause });
}
