// How long drafted views are beside those of their authors.
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/** Counts lines of code in drafted views, and in what their authors wrote. */
export async function readLines(folder, drafts, suffix) {
  const count = async (path) => {
    const text = await readFile(join(folder, path), "utf8").catch(() => "");
    return text.split("\n").filter((line) => line.trim() !== "").length;
  };
  // A view may be a folder, or have modules beside it; one that is another's has no lines of its own.
  const countAuthors = async (directory) => {
    const files = await readdir(join(folder, directory), { recursive: true }).catch(() => []);
    const own = files.filter((file) => /^(?!tests|.*fixtures\/).*\.py$/.test(file));
    const counts = await Promise.all(own.map((file) => count(`${directory}/${file}`)));
    const total = counts.reduce((sum, lines) => sum + lines, 0);
    return total === 0 ? undefined : total;
  };
  for (const draft of drafts) {
    draft.lines = await count(`zerver/webhooks/${draft.name}${suffix}/view.py`);
    draft.authorsLines = await countAuthors(`zerver/webhooks/${draft.name}`);
    draft.view = await readFile(
      join(folder, `zerver/webhooks/${draft.name}${suffix}/view.py`),
      "utf8",
    ).catch(() => "");
  }
}
