/** The part of `capture` that makes fixtures of what is in the spool. */

import { join } from "node:path";
import { CancelledError, type UserError } from "../../errors.ts";
import { applyChanges } from "../../host/changes.ts";
import { shellCommand } from "../../host/shell-command.ts";
import type { EventSource } from "../../payload/index.ts";
import {
  type CapturePlan,
  type CheckedFixture,
  checkFixtures,
  type Outcome,
  planFixtures,
  type RedactedFixture,
  redactFixtures,
  type SpooledRequest,
  type Unusable,
} from "../../server/capture/index.ts";
import type { Context } from "../define.ts";
import { allowedIn, confirmRedaction } from "../publishable.ts";
import type { CaptureOptions } from "./options.ts";
import { report } from "./report.ts";
import { existingFixtures, type Target } from "./target.ts";

/** What `capture` has done, for the report. */
export interface Finished {
  readonly plan: CapturePlan;
  /** Every request that was decided now, oldest first, with what became of it. */
  readonly settled: readonly SpooledRequest[];
  readonly written: readonly RedactedFixture[];
  /** Fixtures that were not written for what they hold. */
  readonly held: readonly CheckedFixture[];
  /** Requests that no fixture could be made of. */
  readonly unusable: readonly Unusable[];
  /** Whether the user has seen what they hold. */
  readonly shown: boolean;
}

/**
 * Plans, checks and writes the fixtures, and tells what was done.
 * @returns false when something was held back, or could not be made a fixture.
 */
export async function finish(
  target: Target,
  options: CaptureOptions,
  context: Context,
): Promise<boolean> {
  const { spool } = target;
  const progress = context.out.progress("Looking at the requests");
  const broken: UserError[] = [];
  const requests = await spool.list((error) => broken.push(error));
  const plan = await planFixtures({
    requests,
    body: (request) => spool.body(request),
    existing: await existingFixtures(target),
    source: eventSource(options),
    again: options.finish,
  }).finally(() => progress.stop());
  // One file must not keep all others from becoming fixtures.
  for (const { message } of broken) context.out.warn(`${message} It is left unchanged.`);
  const unusable = [...plan.unusable];
  const checked = checkFixtures(
    plan.fixtures,
    await allowedIn(target.checkout.root, target.name, target.fixturesFolder),
    unusable,
  );
  const dirty = checked.filter(({ sensitive }) => sensitive.length > 0);
  const asks = !options.redact && dirty.length > 0 && context.prompts.interactive && !context.yes;
  const redact = options.redact || (asks && (await wantsRedaction(dirty, target.name, context)));
  const held = redact ? [] : dirty;
  const kept = new Set(held);
  const written = redactFixtures(
    checked.filter((fixture) => !kept.has(fixture)),
    unusable,
  );
  const waiting = [...held, ...unusable].flatMap(({ file }) => (file === undefined ? [] : [file]));
  const settled = settle(requests, plan, written, new Set(waiting));
  if (!options.dryRun) {
    await write(target, written);
    await spool.settle(settled);
  }
  await report(target, { plan, settled, written, held, unusable, shown: asks }, options, context);
  return held.length + unusable.length + broken.length === 0;
}

async function wantsRedaction(
  dirty: readonly CheckedFixture[],
  name: string,
  context: Context,
): Promise<boolean> {
  try {
    return await confirmRedaction(dirty, "fixture", context);
  } catch (error) {
    if (!(error instanceof CancelledError)) throw error;
    throw new CancelledError(
      `Cancelled. No fixture was written; the requests are saved, and \`${shellCommand("connect-webhook", "capture", name, "--finish")}\` continues.`,
    );
  }
}

/** Requests that wait for a fixture that was not written stay undecided, and so do those that cannot be read. */
function settle(
  requests: readonly SpooledRequest[],
  { outcomes }: CapturePlan,
  written: readonly RedactedFixture[],
  waiting: ReadonlySet<string>,
): SpooledRequest[] {
  const replacedIn = new Map(written.map(({ request, replaced }) => [request.id, replaced]));
  const waits = (outcome: Outcome | undefined): boolean => {
    if (outcome === undefined) return true;
    if (outcome.kind === "fixture") return waiting.has(outcome.file);
    if (outcome.kind === "folded") return waiting.has(outcome.into);
    return outcome.kind === "retry" && waits(outcomes.get(outcome.of));
  };
  return requests.flatMap((request) => {
    const outcome = outcomes.get(request.id);
    if (!outcome || waits(outcome)) return [];
    const replaced = replacedIn.get(request.id) ?? [];
    return [{ ...request, outcome, ...(replaced.length > 0 && { replaced }) }];
  });
}

async function write(target: Target, written: readonly RedactedFixture[]): Promise<void> {
  if (written.length === 0) return;
  const { checkout, spool, fixturesFolder, integration } = target;
  if (integration) {
    const changes = written.map(({ file, content }) => ({
      path: join(fixturesFolder, file),
      kind: "create" as const,
      content: content.bytes,
    }));
    return applyChanges(checkout.root, changes);
  }
  const folder = await spool.fixturesFolder();
  for (const { file, content } of written) await folder.put(file, content.bytes);
  await folder.commit();
}

function eventSource({ eventHeader, eventKey }: CaptureOptions): EventSource | undefined {
  if (eventHeader !== undefined) return { kind: "header", header: eventHeader };
  return eventKey === undefined ? undefined : { kind: "key", path: eventKey };
}
