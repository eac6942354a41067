/** The part of `capture` that takes requests from files instead of the network. */

import { resolve } from "node:path";
import { readBytesUpTo } from "../../host/files.ts";
import { readImport } from "../../server/capture/imports/index.ts";
import type { Spool } from "../../server/capture/index.ts";
import { printableLine } from "../../ui/steering.ts";
import { count } from "../../ui/text.ts";
import type { Context } from "../define.ts";

/** A browser's recording holds every picture of a page. */
const MAX_BYTES = 200_000_000;

/**
 * Puts the requests of files into the spool.
 * @throws UserError when a file cannot be read, or none of the formats is its own. Nothing is kept then.
 */
export async function importFiles(
  spool: Spool,
  files: readonly string[],
  { cwd, out }: Context,
): Promise<void> {
  const imports = [];
  for (const file of files) {
    const bytes = await readBytesUpTo(resolve(cwd, file), MAX_BYTES);
    imports.push({ file, ...readImport(file, bytes) });
  }
  for (const { file, format, requests } of imports) {
    for (const request of requests) await spool.take(request, file);
    out.say(`${printableLine(file)}: ${count(requests.length, "request")} from ${format}.`);
    const lost = requests.filter(({ lostBody }) => lostBody).length;
    if (lost > 0) {
      const whose = lost === requests.length ? "" : ` of ${lost} of them`;
      out.warn(
        `The body${whose} was lost by the tool that recorded it, so it cannot become a fixture.`,
      );
    }
    const partly = requests.filter(({ lostFiles }) => lostFiles).length;
    if (partly > 0) {
      out.warn(
        `The files in ${count(partly, "form")} were lost by the tool that recorded them, so the fixtures have only the other fields.`,
      );
    }
  }
}
