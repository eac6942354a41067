/** The whole plan of `extend`: the view, fixtures, tests that expect what the extended view says, and the page's list. */
import { join } from "node:path";
import { knownFiles } from "../../checkout/index.ts";
import type { Checkout, Fixture, Integration, IntegrationFiles } from "../../checkout/model.ts";
import { type Engine, proposedFiles, type TestRun } from "../../engine/index.ts";
import type { FileChange } from "../../host/changes.ts";
import { readBytesIfExists } from "../../host/files.ts";
import { declaredEventsIn } from "../../lint/index.ts";
import { extensionOf, fixtureBytes, type Payload } from "../../payload/index.ts";
import { parseModule } from "../../python/parse-module.ts";
import type { PythonModule, SequenceExpression } from "../../python/syntax.ts";
import { addTests, type NewTest, outcomeOf, untestedFixtures } from "../../record/index.ts";
import {
  type ExtendedPayload,
  type ExtendPlan,
  extendedDoc,
  planExtension,
} from "../../scaffold/extend/index.ts";
import {
  checkChoices,
  type DraftChoices,
  type DraftField,
  requireEvents,
} from "../../scaffold/index.ts";
import { headerValues } from "../new/header-values.ts";
import type { RecordedFile } from "../test/recorded-file.ts";
import { formatWritten } from "../written-parts.ts";
import { type PayloadReport, toReport } from "./payload-report.ts";

export interface PlanInput {
  readonly checkout: Checkout;
  readonly integration: Integration;
  readonly files: IntegrationFiles;
  readonly engine: Engine;
  /** The payloads as they may be published. */
  readonly payloads: readonly Payload[];
  /** The same payloads as they were received. */
  readonly received: readonly Payload[];
  /** What `--event-name` was given. */
  readonly eventNames: readonly string[];
  /** What new messages are to tell. */
  readonly choices: DraftChoices;
  readonly tests: RecordedFile;
  readonly cwd: string;
}

export interface ExtensionPlan {
  /** The integration's name. */
  readonly integration: string;
  readonly changes: readonly FileChange[];
  /** Fixtures that were there already, and that git does not track. */
  readonly untracked: readonly string[];
  /** What became of each payload. */
  readonly payloads: readonly PayloadReport[];
  /** Event header's values that only a file's name says, by the payload's path. */
  readonly unproven: readonly { readonly event: string; readonly file: string }[];
  /** The fields of the new events' payloads, and whether the messages tell them. */
  readonly fields: readonly DraftField[];
  /** What the extended view says, by fixture. */
  readonly messages: readonly { fixture: string; topic: string; content: string }[];
  /** Fixtures without a new test, and why. */
  readonly untested: readonly { fixture: string; reason: string }[];
  /** How many tests there are with everything in place, and those that fail and did not before. */
  readonly tests: {
    readonly total: number;
    readonly broken: readonly string[];
    readonly failedBefore: number;
  };
  /** Whether the view handles all payloads, and all tests pass. */
  readonly isDone: boolean;
}

/** States of payloads that the author has to see to. */
export const leftOver = /^(failed|refused)$/;

/** Plans everything. @throws UserError what cannot be done. */
export async function planWith(input: PlanInput): Promise<ExtensionPlan> {
  const { checkout, integration, engine, tests, choices, payloads } = input;
  checkChoices(
    choices,
    payloads.map(({ value }) => value),
  );
  // Nothing of a plan that was changed since.
  await show(engine, []);
  const extended = await planExtension({
    ...input,
    headerValues: () => headersOf(input),
    declaredIn: (module) => declaredList(module, integration.functionName),
  });
  requireEvents(
    choices,
    extended.payloads.flatMap(({ state }) => ("event" in state ? (state.event ?? []) : [])),
  );
  const changes = await filesOf(checkout, extended, input.received);
  await show(engine, changes);
  const made = await newTests(input, extended.payloads);
  const { text, written } = addTests(tests.module, made.tests, checkout.dialect.tests);
  if (text !== tests.module.text) {
    const formatted = await formatWritten(checkout, tests.module.text, text);
    changes.push(updateOf(tests.path, tests.bytes, formatted));
  }
  const doc = await docChange(input, extended);
  if (doc) changes.push(doc);
  const results = await testsWith(input, changes);
  const isLeft = extended.payloads.some(({ state }) => leftOver.test(state.kind));
  return {
    integration: integration.name,
    changes,
    untracked: await untrackedFixtures(checkout.root, extended.payloads),
    payloads: extended.payloads.map(toReport),
    unproven: extended.payloads.flatMap(({ unproven: event, payload: { source: file }, state }) =>
      event === undefined || state.kind === "handled" ? [] : [{ event, file }],
    ),
    fields: [...new Set(extended.payloads.map(({ state }) => state))].flatMap((state) =>
      state.kind === "added" ? state.fields : [],
    ),
    messages: made.messages,
    untested: written.flatMap((one) =>
      "reason" in one ? [{ fixture: one.fixture, reason: one.reason }] : [],
    ),
    tests: results,
    isDone: !isLeft && results.broken.length === 0,
  };
}

async function untrackedFixtures(
  root: string,
  payloads: readonly ExtendedPayload[],
): Promise<string[]> {
  const there = payloads.flatMap(({ fixture: { exists, path } }) => (exists ? [path] : []));
  const known = there.length > 0 ? await knownFiles(root, ...there) : undefined;
  return known ? there.filter((path) => !known.tracked.has(path)) : [];
}

/** Runs the tests with everything in place. Those that fail by themselves are not the extension's. */
async function testsWith(
  { engine, integration }: PlanInput,
  changes: readonly FileChange[],
): Promise<ExtensionPlan["tests"]> {
  const names = [integration.name];
  await show(engine, changes);
  const after = await engine.runTests({ names });
  const failed = failedIn(after);
  if (failed.length === 0) return { total: after.summary.total, broken: [], failedBefore: 0 };
  await show(engine, []);
  const before = new Set(failedIn(await engine.runTests({ names })));
  const broken = failed.filter((name) => !before.has(name));
  return { total: after.summary.total, broken, failedBefore: failed.length - broken.length };
}

const failedIn = ({ integrations }: TestRun): string[] =>
  integrations.flatMap(({ tests }) =>
    tests.filter(({ status }) => status === "failed").map(({ name }) => name),
  );

/** What event headers said: the header is the one that the integration's own fixtures are sent with. */
async function headersOf({
  checkout,
  integration,
  files,
  engine,
  payloads,
  received,
  eventNames,
}: PlanInput) {
  const [fixture] = files.fixtures;
  const sent =
    fixture &&
    (await engine.deliver({ integration: integration.name, fixture: fixture.file })).sent;
  const name = Object.keys(sent?.headers ?? {}).find((key) => /^HTTP_X_/.test(key));
  const valueFor = await headerValues(checkout, {
    name: integration.name,
    header: name?.replace(/^HTTP_/, "").replaceAll("_", "-"),
    payloads: payloads.map(({ source }) => source),
    eventNames,
  });
  // What was received is known by its bytes.
  return (payload: Payload) => valueFor(asReceived(payload, received));
}

const asReceived = (payload: Payload, received: readonly Payload[]): Payload =>
  received.find(({ source }) => source === payload.source) ?? payload;

function declaredList(module: PythonModule, functionName: string): SequenceExpression | undefined {
  const declared = declaredEventsIn(module, functionName);
  const value = module.assignments.findLast(({ target }) => target === declared?.variable)?.value;
  return declared?.listed === true &&
    value !== undefined &&
    "elements" in value &&
    value.kind !== "dict"
    ? value
    : undefined;
}

/** The view and the fixtures. */
async function filesOf(
  checkout: Checkout,
  { view, payloads }: ExtendPlan,
  received: readonly Payload[],
): Promise<FileChange[]> {
  const views: FileChange[] = [];
  for (const { path, before, after } of view) {
    const text = await formatWritten(checkout, Buffer.from(before).toString("utf8"), after);
    views.push(updateOf(path, before, text));
  }
  return [
    ...views,
    ...payloads.flatMap(({ fixture: { exists, path }, payload }): FileChange[] => {
      const content = fixtureBytes(extensionOf(payload.format), payload.bytes);
      if (!exists) return [{ path, kind: "create", content }];
      const { bytes } = asReceived(payload, received);
      const isReplaced = !Buffer.from(bytes).equals(payload.bytes);
      return isReplaced ? [{ path, kind: "update", content, expected: bytes }] : [];
    }),
  ];
}

function updateOf(path: string, before: Uint8Array, after: string): FileChange {
  return { path, kind: "update", content: Buffer.from(after), expected: before };
}

/** Has the engine run the tree as it will be. */
function show(engine: Engine, changes: readonly FileChange[]): Promise<void> {
  return engine.refresh({ edited: [], proposed: proposedFiles(changes) });
}

/** A test for each fixture that the view handles and no test names, with what the view says now. */
async function newTests(
  { checkout, integration, engine, tests }: PlanInput,
  payloads: readonly ExtendedPayload[],
): Promise<{ tests: NewTest[]; messages: ExtensionPlan["messages"][number][] }> {
  const untested = await untestedFixtures(checkout, integration, tests.module);
  const made: NewTest[] = [];
  const messages: ExtensionPlan["messages"][number][] = [];
  for (const { fixture, state } of payloads) {
    if (leftOver.test(state.kind)) continue;
    const delivery = await engine.deliver({ integration: integration.name, fixture: fixture.file });
    const outcome = outcomeOf(delivery);
    if (outcome.kind === "message") {
      const { topic, content } = outcome;
      messages.push({ fixture: fixture.file, topic, content });
    }
    const isTested = fixture.exists && !untested.some(({ file }) => file === fixture.file);
    if (!isTested) made.push({ fixture: asFixture(fixture), outcome });
  }
  return { tests: made, messages };
}

function asFixture({ file, name, path }: ExtendedPayload["fixture"]): Fixture {
  return { file, name, path, extension: file.split(".").at(-1) ?? "", linkTarget: undefined };
}

async function docChange(
  { checkout, integration, files }: PlanInput,
  { payloads, view }: ExtendPlan,
): Promise<FileChange | undefined> {
  if (files.docFile === undefined) return undefined;
  const bytes = await readBytesIfExists(join(checkout.root, files.docFile));
  const before = view.flatMap(
    ({ before: was }) =>
      declaredEventsIn(parseModule(Buffer.from(was).toString("utf8")), integration.functionName)
        ?.names ?? [],
  );
  const added = payloads.flatMap(({ state }) => (state.kind === "added" ? [state.event] : []));
  const text = bytes && extendedDoc(bytes.toString("utf8"), before, [...new Set(added)]);
  return bytes && text !== undefined ? updateOf(files.docFile, bytes, text) : undefined;
}
