/** What `capture` tells in the end: what was written, what was held back, and what to do next. */

import { readView } from "../../checkout/index.ts";
import { shellCommand } from "../../host/shell-command.ts";
import { captureFolder, type HeaderMap, headerMap } from "../../server/capture/index.ts";
import { columns } from "../../ui/layout.ts";
import type { Paint } from "../../ui/marks.ts";
import { printableLine } from "../../ui/steering.ts";
import { count } from "../../ui/text.ts";
import type { Context } from "../define.ts";
import { findings } from "../publishable.ts";
import type { Finished } from "./finish.ts";
import { sayNext } from "./next.ts";
import type { CaptureOptions } from "./options.ts";
import type { Target } from "./target.ts";

/** Tells it, as text or with `--json`, and offers to record tests. */
export async function report(
  target: Target,
  finished: Finished,
  options: CaptureOptions,
  context: Context,
): Promise<void> {
  const { out } = context;
  const { held, written, plan, unusable, shown } = finished;
  const all = [...written, ...held];
  const map = (await hasHeaderMap(target))
    ? undefined
    : headerMap(all, plan.source, target.checkout.dialect.view);
  out.report(asJson(target, finished, map, options));
  out.data(summary(target, finished, options, out.paint));
  if (held.length > 0) {
    const why = shown ? "." : " because of data that must not be published:";
    out.error(`${count(held.length, "fixture")} not written${why}`);
    if (!shown) out.say(findings(held, out.paintStderr));
    const redact = shellCommand("connect-webhook", "capture", target.name, "--finish", "--redact");
    out.say(
      `  ${out.paintStderr.cyan(redact)} replaces it; the requests themselves stay in the spool.`,
    );
  }
  if (unusable.length > 0) {
    out.error(`${count(unusable.length, "request")} could not become a fixture:`);
    const rows = unusable.map(({ request, reason }) => [`  ${request.id}`, printableLine(reason)]);
    out.say(columns(rows));
    out.say(`  The bodies stay in ${printableLine(target.spool.path)}.`);
  }
  for (const { file, content } of all) {
    for (const note of content.notes) out.warn(printableLine(`${file} ${note}.`));
  }
  // A view that `new` writes has it.
  if (map && target.integration) {
    const header = printableLine(map.header);
    out.data(
      `\nFor the view, so that each fixture comes with its ${header} header:\n\n${map.python}`,
    );
  }
  if (written.length > 0 && !options.dryRun) await sayNext(target, finished, context);
}

async function hasHeaderMap({ checkout, integration }: Target): Promise<boolean> {
  if (!integration) return false;
  return /^(def )?fixture_to_headers\b/m.test(await readView(checkout, integration));
}

function summary(
  target: Target,
  finished: Finished,
  options: CaptureOptions,
  paint: Paint,
): string {
  const { written, settled, plan } = finished;
  const { dryRun } = options;
  const rows = written.map(({ file, event, replaced, content }) => {
    const alike = settled.filter(
      ({ outcome }) => outcome?.kind === "folded" && outcome.into === file,
    );
    const facts = [
      ...(event === undefined ? [] : [printableLine(event)]),
      ...(content.formField === undefined
        ? []
        : [`from the form's field ${printableLine(content.formField)}`]),
      ...(alike.length > 0 ? [`${count(alike.length, "request")} like it`] : []),
      ...(replaced.length > 0 ? [`${count(replaced.length, "value")} replaced`] : []),
    ];
    return [`  ${paint.cyan(printableLine(`${target.fixturesFolder}/${file}`))}`, facts.join(", ")];
  });
  const title = `${count(written.length, "fixture")} ${dryRun ? "would be written" : "written"}`;
  const others = [
    counted(settled, "folded", "merged into a fixture of the same shape"),
    counted(settled, "retry", "retries", "retry"),
    counted(settled, "challenge", "verification challenges", "verification challenge"),
    counted(settled, "empty", "without a body"),
  ].filter((part) => part !== "");
  const hint =
    plan.source.kind === "none" && written.some(({ event }) => event === undefined)
      ? [
          `Nothing names the event in all of them: ${redoing(target.name)} names it, and tells apart what was merged.`,
        ]
      : whyNothing(target.name, finished, options);
  return [
    rows.length > 0 ? `${title}:\n${columns(rows)}` : `${title}.`,
    ...(others.length > 0 ? [`Also received: ${others.join(", ")}.`] : []),
    ...hint,
  ].join("\n");
}

/** The command that looks again at what was decided. */
const redoing = (name: string): string =>
  `\`${shellCommand("connect-webhook", "capture", name, "--finish", "--event-key", "<key>")}\` (or --event-header)`;

/** Why `--finish` made nothing, and what to do. */
function whyNothing(
  name: string,
  { written, held, unusable, settled, plan }: Finished,
  { finish, eventKey, eventHeader }: CaptureOptions,
): string[] {
  if (!finish || written.length + held.length + unusable.length > 0) return [];
  const given = eventKey === undefined ? eventHeader : eventKey.join(".");
  if (given === undefined) {
    return settled.length > 0
      ? []
      : [
          `What became of each request was decided before. ${redoing(name)} looks again at those that were merged into another one, and at those whose fixture is gone.`,
        ];
  }
  const merged = settled.filter(({ outcome }) => outcome?.kind === "folded").length;
  if (merged === 0) return ["No request was merged into another one, and each fixture is there."];
  return plan.isSourceFound
    ? ["Those that were merged have the event and the shape of a fixture that is there."]
    : [
        `No request says its event in ${printableLine(given)}: look at one in ${printableLine(captureFolder(name))}.`,
      ];
}

function counted(settled: Finished["settled"], kind: string, words: string, one = words): string {
  const number = settled.filter(({ outcome }) => outcome?.kind === kind).length;
  return number === 0 ? "" : `${number} ${number === 1 ? one : words}`;
}

function asJson(
  { name, fixturesFolder }: Target,
  { settled, written, held, unusable }: Finished,
  map: HeaderMap | undefined,
  { dryRun }: CaptureOptions,
): object {
  return {
    version: 1,
    name,
    fixtures: written.map(({ file, event, request, replaced }) => ({
      path: `${fixturesFolder}/${file}`,
      ...(event !== undefined && { event }),
      request: request.id,
      replaced,
    })),
    held: held.map(({ file, request, sensitive }) => ({
      file,
      request: request.id,
      found: sensitive.map(({ what, where, masked }) => ({ what, where, masked })),
    })),
    unusable: unusable.map(({ request, reason }) => ({ request: request.id, reason })),
    requests: settled.map(({ id, outcome }) => ({ id, outcome })),
    ...(map && { headers: { header: map.header, events: map.events, python: map.python } }),
    dryRun,
  };
}
