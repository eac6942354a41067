/** Views that do not load: what is wrong is told once, and not by each of their fixtures. */
import { cutShort } from "../../../cut.ts";
import type { TestError } from "../../../engine/types.ts";

/** The view cannot be imported at the moment: the same would come of every fixture. */
export class NotLoadedError extends Error {}

const LONGEST = 500;

/** Whether an exception was raised by a module of an integration while it was imported, before any function of one ran. */
export function failsToLoad(error: TestError | undefined): error is TestError {
  const [, scope] =
    /^ {2}File "zerver\/webhooks\/[^"\n]+", line \d+, in (.+)$/m.exec(error?.traceback ?? "") ?? [];
  return scope === "<module>";
}

/** What to say of it, in a sentence. */
export function notLoaded({ type, message, path, line }: TestError): NotLoadedError {
  const place = path === undefined ? "" : ` (${path}${line === undefined ? "" : `:${line}`})`;
  const said = type === "NotRun" ? message : `${type}: ${message}${place}`;
  return new NotLoadedError(cutShort(said.replace(/\.$/, ""), LONGEST));
}
