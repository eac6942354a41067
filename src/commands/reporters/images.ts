/** Writes images that were made into the tree, and says what became of each. */
import { ExitCode } from "../../errors.ts";
import { applyChanges } from "../../host/changes.ts";
import { readBytes, resolveInside } from "../../host/files.ts";
import { writeOutput } from "../../host/write.ts";
import type { ImageResult, MadeImage } from "../../preview/index.ts";
import { columns } from "../../ui/layout.ts";
import type { Output } from "../../ui/output.ts";
import { printableLine } from "../../ui/steering.ts";
import { count, fileSize } from "../../ui/text.ts";

/** What fails a run. */
export const BAD: readonly ImageResult["status"][] = ["failed", "missing", "stale"];

/**
 * Applies the changes of the images, all at once, and prints a line for each image.
 * @param root The checkout's folder.
 * @returns 1 when an image failed, or is missing or stale.
 */
export async function finishImages(
  made: readonly MadeImage[],
  root: string,
  out: Output,
): Promise<ExitCode> {
  await applyChanges(
    root,
    made.flatMap(({ change }) => (change ? [change] : [])),
  );
  return report(made, out);
}

/**
 * As `finishImages`, but the images go below another folder, where each has the path that it has in the tree.
 * @param folder An absolute path.
 */
export async function finishImagesBelow(
  folder: string,
  made: readonly MadeImage[],
  root: string,
  out: Output,
): Promise<ExitCode> {
  for (const { result, change } of made) {
    // What would be drawn as it is there is copied.
    const same =
      result.status === "unchanged" ? readBytes(resolveInside(root, result.path)) : undefined;
    const content = change?.content ?? (await same);
    if (content !== undefined) await writeOutput(resolveInside(folder, result.path), content);
  }
  return report(made, out);
}

function report(made: readonly MadeImage[], out: Output): ExitCode {
  const results = made.map(({ result }) => result);
  out.report({ version: 1, images: results });
  if (results.length > 0) out.data(columns(results.map((result) => row(result, out))));
  out.data(summary(results));
  const failed = results.some(({ status, isNew }) => BAD.includes(status) && isNew !== false);
  return failed ? ExitCode.Problems : ExitCode.Ok;
}

function row(
  { status, path, width, height, bytes, reason, isNew }: ImageResult,
  { paint }: Output,
): string[] {
  const word = BAD.includes(status)
    ? (isNew === false ? paint.yellow : paint.red)(status)
    : status === "written"
      ? paint.green(status)
      : paint.dim(status);
  const facts = width > 0 ? `${width} x ${height}, ${fileSize(bytes)}` : "";
  return [
    word,
    printableLine(path),
    [facts, printableLine(reason ?? ""), ...(isNew === false ? ["As on the base."] : [])]
      .filter(Boolean)
      .join("  "),
  ];
}

function summary(results: readonly ImageResult[]): string {
  const statuses = [...new Set(results.map(({ status }) => status))];
  const parts = statuses.map(
    (word) => `${results.filter(({ status }) => status === word).length} ${word}`,
  );
  const old = results.filter(({ isNew }) => isNew === false).length;
  const aside = old > 0 ? ` (${old} as on the base)` : "";
  return `${count(results.length, "image")}${parts.length > 0 ? `: ${parts.join(", ")}` : ""}${aside}`;
}
