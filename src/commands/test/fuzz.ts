/** `test --fuzz`: delivers fixtures with changes, and says what the views made of them. */

import { integrationFiles } from "../../checkout/index.ts";
import type { Checkout, Integration } from "../../checkout/model.ts";
import type { Engine } from "../../engine/index.ts";
import { BugError, type ExitCode, UserError } from "../../errors.ts";
import {
  type FuzzCase,
  type FuzzFixture,
  type FuzzReport,
  type FuzzTarget,
  fuzz,
  fuzzOne,
} from "../../fuzz/index.ts";
import { coreCount } from "../../host/child.ts";
import { fileSize, readBytes, readText, resolveInside } from "../../host/files.ts";
import { shellCommand } from "../../host/shell-command.ts";
import { tooLarge } from "../../host/whole-file.ts";
import { deliveryConfigFor, messageHtml, requestFor } from "../../preview/index.ts";
import { parseModule } from "../../python/parse-module.ts";
import { unsentFixtures } from "../../record/index.ts";
import { withProgress } from "../../ui/output.ts";
import { printableLine } from "../../ui/steering.ts";
import { count } from "../../ui/text.ts";
import type { Context } from "../define.ts";
import { startEngine, withEngine } from "../engine.ts";
import { usage } from "../option-values.ts";
import { reportFuzz } from "../reporters/fuzz.ts";
import { reportFuzzCase } from "../reporters/fuzz-case.ts";
import type { TestOptions } from "./options.ts";
import { chooseTargets } from "./targets.ts";

/** A fixture larger than this is no request that a service sends. */
const MAX_FIXTURE_BYTES = 5_000_000;
/** Another engine costs a start; below so many integrations it is not worth it. */
const PER_ENGINE = 3;

const SEED = 1;
/** Deliveries to an integration. */
const LIMIT = 1000;

/** Runs `test --fuzz` and `test --fuzz-case`. */
export async function runFuzz(
  names: readonly string[],
  options: TestOptions,
  context: Context,
): Promise<ExitCode> {
  const { fuzzCase: only, seed = SEED, fuzzLimit: limit = LIMIT } = options;
  if (only && names.length !== 1) {
    throw usage("--fuzz-case applies to one integration.", "Name the integration before it.");
  }
  const checkout = await context.checkout();
  const integrations = await chooseTargets(checkout, names, options, context.cwd);
  if (only) return again(checkout, integrations, only, seed, options, context);
  const started = performance.now();
  const reports = await fuzzAll(checkout, integrations, { seed, limit }, options, context);
  const durationMs = Math.round(performance.now() - started);
  return reportFuzz(
    { seed, limit, durationMs, reports, root: checkout.root },
    options.reporter,
    context.out,
  );
}

async function fuzzAll(
  checkout: Checkout,
  integrations: readonly Integration[],
  { seed, limit }: { seed: number; limit: number },
  { timeout }: TestOptions,
  context: Context,
): Promise<FuzzReport[]> {
  if (integrations.length === 0) {
    context.out.say("There is nothing to fuzz: no view, test or fixture has changed.");
    return [];
  }
  const render = await messageHtml(checkout);
  const reports = new Map<string, FuzzReport>();
  const queue = [...integrations];
  const engines: Engine[] = [];
  const progress = context.out.progress("Starting Python");
  const out = withProgress(context.out, progress);
  let [deliveries, found] = [0, 0];
  const work = async (): Promise<void> => {
    const needs = { root: checkout.root, targets: integrations, timeoutMs: timeout, workers: 1 };
    const engine = await startEngine(needs, { ...context, out });
    engines.push(engine);
    for (let next = queue.shift(); next; next = queue.shift()) {
      const { name } = next;
      const report = await fuzz(await targetOf(checkout, next), {
        seed,
        limit,
        render,
        deliver: (request) => engine.deliver(request),
        onDelivery() {
          deliveries += 1;
          if (deliveries % 20 === 0) {
            const findings = found > 0 ? `, ${count(found, "finding")}` : "";
            progress.update(`${deliveries} deliveries${findings} · ${printableLine(name)}`);
          }
        },
      });
      found += report.findings.length;
      reports.set(name, report);
    }
  };
  try {
    const workers = Math.max(1, Math.min(coreCount(), Math.ceil(integrations.length / PER_ENGINE)));
    await Promise.all(Array.from({ length: workers }, work));
  } finally {
    progress.stop();
    await Promise.all(engines.map((engine) => engine.close()));
  }
  return integrations.flatMap(({ name }) => reports.get(name) ?? []);
}

async function again(
  checkout: Checkout,
  [integration]: readonly Integration[],
  only: FuzzCase,
  seed: number,
  { timeout }: TestOptions,
  context: Context,
): Promise<ExitCode> {
  if (!integration) throw new BugError("A case without an integration.");
  const target = await targetOf(checkout, integration);
  const needs = { root: checkout.root, targets: [integration], timeoutMs: timeout };
  const render = await messageHtml(checkout);
  const limit = Number.POSITIVE_INFINITY;
  const result = await withEngine(needs, context, (engine) =>
    fuzzOne(target, only, {
      seed,
      limit,
      render,
      deliver: (request) => engine.deliver(request),
    }),
  );
  if (!result) throw noSuchCase(integration, only, target);
  return reportFuzzCase({ integration: integration.name, case: only, ...result }, context.out);
}

function noSuchCase({ name }: Integration, only: FuzzCase, { fixtures }: FuzzTarget): UserError {
  const known = fixtures.some(({ file }) => file === only.fixture);
  return new UserError(
    known
      ? `${only.fixture} of ${name} has no '${only.pointer}' to which '${only.mutation}' could be done, or its view refuses it as it is.`
      : `${name} has no fixture called ${only.fixture}.`,
    {
      code: "no-such-case",
      hint: `Run \`${shellCommand("connect-webhook", "test", name, "--fuzz")}\` again, and copy a case from what it finds.`,
    },
  );
}

/** A fixture is a file of the tree: a pipe would be waited for. */
async function fixtureBytes(path: string): Promise<Buffer> {
  if (fileSize(path) > MAX_FIXTURE_BYTES) throw tooLarge(path, MAX_FIXTURE_BYTES);
  return readBytes(path);
}

/** An integration's fixtures, with the requests that every command sends for them. */
async function targetOf(checkout: Checkout, integration: Integration): Promise<FuzzTarget> {
  const { fixtures, viewFiles, testsFile } = await integrationFiles(checkout, integration);
  const tests = testsFile && parseModule(await readText(resolveInside(checkout.root, testsFile)));
  const view = viewFiles.map(async (path) => ({
    path,
    text: await readText(resolveInside(checkout.root, path)),
  }));
  const read = fixtures.map(async ({ file, path }): Promise<FuzzFixture> => {
    const config = deliveryConfigFor(integration, file, checkout.dialect.imageRoot);
    return {
      file,
      bytes: await fixtureBytes(resolveInside(checkout.root, path)),
      request: requestFor(checkout, integration, config),
    };
  });
  return {
    name: integration.name,
    fixtures: await Promise.all(read),
    view: await Promise.all(view),
    unsent: tests ? unsentFixtures(fixtures, tests) : new Set(),
  };
}
