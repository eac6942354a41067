/** A run that could not be made, in the format that was asked for: a CI shows nothing of what stands on stderr. */
import { findCheckout } from "../../checkout/find.ts";
import { folderInRepository } from "../../checkout/git.ts";
import { UserError } from "../../errors.ts";
import { workflowCommand } from "../../ui/marks.ts";
import type { Context } from "../define.ts";
import { escapeXml, junitDocument, xmlAttributes } from "./xml.ts";

/**
 * Does the work of a command. If the tree or the command line cannot be used, says so on stdout in a format of CI as
 * well; others have it on stderr.
 * @param format The value of the command's option.
 * @throws What the work throws.
 */
export async function failingIn<T>(
  format: string,
  context: Context,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof UserError && !context.out.json) {
      const text = await failureText(format, error, context);
      if (text !== undefined) context.out.data(text);
    }
    throw error;
  }
}

async function failureText(
  format: string,
  error: UserError,
  context: Context,
): Promise<string | undefined> {
  switch (format) {
    case "github":
      return annotation(error, await folderOf(context));
    case "sarif":
      return (await import("./lint-sarif.ts")).sarifFailure(error, await folderOf(context));
    case "junit":
      return junitFailure(error);
    default:
      return undefined;
  }
}

/** The tree's folder in its repository; empty where there is none of the two. */
async function folderOf({ folder, cwd }: Context): Promise<string> {
  const root = await findCheckout(folder ?? cwd).catch(() => undefined);
  return root === undefined ? "" : folderInRepository(root);
}

function annotation({ code, place, message, hint }: UserError, folder: string): string {
  const properties = {
    file: place && folder + place.path,
    line: place?.line,
    col: place?.column,
    title: `connect-webhook ${code}`,
  };
  return workflowCommand("error", properties, sentencesOf({ message, hint }));
}

function junitFailure({ code, place, message, hint }: UserError): string {
  const counts = { tests: 1, failures: 0, errors: 1 };
  const type = { type: code, message };
  return junitDocument({ name: "connect-webhook", ...counts }, [
    `  <testsuite${xmlAttributes({ name: "connect-webhook", ...counts })}>`,
    `    <testcase${xmlAttributes({ name: code, classname: "connect-webhook", file: place?.path })}>`,
    `      <error${xmlAttributes(type)}>${escapeXml(sentencesOf({ message, hint }))}</error>`,
    "    </testcase>",
    "  </testsuite>",
  ]);
}

const sentencesOf = ({ message, hint }: { message: string; hint?: string | undefined }): string =>
  hint === undefined ? message : `${message}\n${hint}`;
