/** What `review` writes and prints. */
import { resolve } from "node:path";
import { ExitCode, UserError } from "../../errors.ts";
import { requireNoLink, writeDefaultOutput, writeOutput } from "../../host/write.ts";
import {
  attentionOf,
  headline,
  type Review,
  reviewJson,
  reviewPage,
  reviewSummary,
  unreadablePage,
  unreadableSummary,
} from "../../review/index.ts";
import { printableLine } from "../../ui/steering.ts";
import { count, fileSize } from "../../ui/text.ts";
import type { Context } from "../define.ts";
import { usage } from "../option-values.ts";
import { outputFile } from "../output-file.ts";
import { pageStyles } from "../page-styles.ts";
import type { Gathered } from "./gather.ts";

export interface Outputs {
  /** Absolute paths. */
  page: string | undefined;
  /** Whether the user said where the page goes. */
  isNamed: boolean;
  summary: string | undefined;
}

/**
 * Where everything goes.
 * @throws UserError `usage` for a look without a page, `control-character`, `is-a-folder`, `not-a-file`,
 * `output-is-link`; before the long work begins.
 */
export function outputsOf(
  options: { out: string | undefined; summary: string | undefined; theme: unknown },
  { cwd, out }: Pick<Context, "cwd" | "out">,
): Outputs {
  const alone = options.summary === undefined && !out.json;
  const page = options.out ?? (alone ? "review.html" : undefined);
  const isNamed = options.out !== undefined;
  if (page === undefined && options.theme !== undefined)
    throw usage("--theme is for the page.", "Add --out, or leave it out.");
  if (page !== undefined && !isNamed) requireNoLink(resolve(cwd, page));
  return {
    isNamed,
    page: page === undefined ? undefined : outputFile(cwd, page, "--out", "review.html"),
    summary:
      options.summary === undefined
        ? undefined
        : outputFile(cwd, options.summary, "--summary", "comment.md"),
  };
}

/** Writes and prints a review. */
export async function writeReview(
  { review, look }: Gathered,
  outputs: Outputs,
  { out }: Pick<Context, "out">,
): Promise<ExitCode> {
  const page = async (): Promise<string> => reviewPage(review, await pageStyles("page", look));
  await writeFiles(outputs, { page, summary: () => reviewSummary(review) }, out);
  if (out.json) out.report(reviewJson(review));
  else out.data(words(review));
  return attentionOf(review).some(({ level }) => level === "error")
    ? ExitCode.Problems
    : ExitCode.Ok;
}

/** What no message is drawn in. */
const NO_LOOK = { styles: [], clip: ".none" };

/**
 * Writes why there is no review, where the tree's registry cannot be read. Of other errors nothing is written: whoever
 * typed the command line is told.
 */
export async function writeUnreadable(
  error: unknown,
  outputs: Outputs,
  { out }: Pick<Context, "out">,
): Promise<void> {
  if (!(error instanceof UserError) || error.code !== "registry-not-understood") return;
  const why = { reason: error.message, hint: error.hint };
  const page = async (): Promise<string> => unreadablePage(why, await pageStyles("page", NO_LOOK));
  await writeFiles(outputs, { page, summary: () => unreadableSummary(why) }, out);
}

async function writeFiles(
  { page, isNamed, summary }: Outputs,
  texts: { page: () => Promise<string>; summary: () => string },
  out: Context["out"],
): Promise<void> {
  if (page !== undefined) {
    const html = await texts.page();
    await (isNamed ? writeOutput : writeDefaultOutput)(page, html);
    out.success(`The page is ${printableLine(page)} (${fileSize(Buffer.byteLength(html))}).`);
  }
  if (summary === undefined) return;
  await writeOutput(summary, texts.summary());
  out.success(`The summary is ${printableLine(summary)}.`);
}

function words(review: Review): string {
  const items = attentionOf(review);
  const [errors, warnings] = (["error", "warning"] as const).map(
    (wanted) => items.filter(({ level }) => level === wanted).length,
  ) as [number, number];
  const title = headline(review);
  const first = `${title.slice(0, 1).toUpperCase()}${title.slice(1)}.`;
  if (review.integrations.length === 0) return first;
  return `${first} ${count(errors, "error")}, ${count(warnings, "warning")}.`;
}
