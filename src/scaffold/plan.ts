/** `new`: the whole plan of a new integration, made in memory. Nothing is written here. */
import { join, posix } from "node:path";
import { planRegistration } from "../checkout/index.ts";
import type { Checkout, RegistryEdit } from "../checkout/model.ts";
import { UserError } from "../errors.ts";
import { templatePath } from "../host/assets.ts";
import type { FileChange } from "../host/changes.ts";
import { exists, readBytes } from "../host/files.ts";
import {
  type FormFieldOf,
  type Payload,
  readPayloads,
  toPayload,
  withoutWrapper,
} from "../payload/index.ts";
import type { DraftChoices } from "./choices.ts";
import { writeDocFile } from "./doc-file.ts";
import { draftView, type ViewDraft } from "./draft.ts";
import { eventSourceOf, type UnprovenEvent, unprovenEvents } from "./event-source.ts";
import { type DraftField, draftFields } from "./fields-told.ts";
import { foldMessages } from "./fold.ts";
import { drawLogo, type Logo, readLogo } from "./logo.ts";
import {
  checkCategories,
  checkDisplayName,
  checkNewName,
  checkStreamName,
  clientNameOf,
  webhookFolder,
} from "./names.ts";
import { fixtureOf } from "./python/bodies.ts";
import { type Told, writeTestsFile } from "./python/tests-file.ts";
import { type AuthStyle, writeViewFile } from "./python/view-file.ts";
import { onlyReached } from "./reached.ts";
import { wordsOfEvent } from "./wording/event-words.ts";

export interface NewOptions {
  readonly name: string;
  readonly displayName: string;
  readonly categories: readonly string[];
  readonly streamName: string;
  /** Captured request bodies; without one the draft is made from a sample of our own. */
  readonly payloads: readonly string[];
  readonly eventHeader?: string | undefined;
  /** What the event header said in a payload's request; where it is not known, the file's name says it. */
  readonly headerValue?: (payload: Payload) => string | undefined;
  /** The field of a form that a payload's JSON came in, where that is known. */
  readonly formFieldOf?: FormFieldOf;
  /** The payloads as they may be published. @throws UserError where they may not. */
  readonly publishable?: (payloads: readonly Payload[]) => Promise<readonly Payload[]>;
  readonly eventKey?: string | undefined;
  readonly auth: AuthStyle;
  /** What the messages are to tell. */
  readonly choices?: DraftChoices | undefined;
  readonly logo?: string | undefined;
  /** Where the service documents its webhooks. */
  readonly docsUrl?: string | undefined;
  /** The folder that relative paths start from. */
  readonly cwd: string;
}

/** A drafted integration without its tests, whose view can be run. */
export interface DraftedIntegration {
  readonly name: string;
  /** Its folder relative to the root. */
  readonly directory: string;
  readonly streamName: string;
  readonly auth: AuthStyle;
  /** Everything but `tests.py`, with the registry as it will be. */
  readonly changes: readonly FileChange[];
  /** File names, in the order of the payloads. */
  readonly fixtures: readonly string[];
}

/** What a view sends for a fixture, or why that is not known. */
export type Outcome =
  | { readonly topic: string; readonly content: string }
  /** Half a sentence. */
  | { readonly reason: string };

/** Runs a drafted view: an outcome for each fixture, in their order. */
export type ViewRunner = (draft: DraftedIntegration) => Promise<readonly Outcome[]>;

export interface NewPlan {
  readonly name: string;
  readonly changes: readonly FileChange[];
  readonly registry: RegistryEdit;
  /** Path of the new tests, relative to the root. */
  readonly testsFile: string;
  /** File names, in the order of the payloads. */
  readonly fixtures: readonly string[];
  /** The event types that the view knows. */
  readonly events: readonly string[];
  /** What the messages can tell, by event, and whether they do. */
  readonly fields: readonly DraftField[];
  /** Those of them that only a file's name says, though a header names them. */
  readonly unproven: readonly UnprovenEvent[];
  readonly placeholderLogo: boolean;
  /** True when the fixture is our sample, to be replaced by a captured payload. */
  readonly samplePayload: boolean;
  /** What the view sends, and so what the new tests expect. */
  readonly messages: readonly Omit<Told, "format">[];
  /** Fixtures of which nobody knows what the view sends; their tests say TODO. */
  readonly untold: readonly { readonly fixture: string; readonly reason: string }[];
}

const SAMPLE = "notification.json";
const PICTURE = "001.png";

/**
 * Plans a new integration: its files in the tree's dialect, and its entries in the registry.
 * @param checkout The tree.
 * @param options What the user wants.
 * @param run Runs the drafted view, so that the plan and the new tests say what it sends.
 * @throws UserError when an answer cannot be used, or a file to create exists.
 */
export async function planNew(
  checkout: Checkout,
  options: NewOptions,
  run: ViewRunner,
): Promise<NewPlan> {
  const { name, displayName, cwd } = options;
  checkNewName(checkout, name);
  checkDisplayName(displayName);
  checkCategories(checkout, options.categories);
  checkStreamName(options.streamName, checkout.dialect.docs.streamWord);
  const payloads = await payloadsOf(options);
  const source = eventSourceOf(options, payloads);
  const logo = await (options.logo === undefined
    ? drawLogo(displayName, name)
    : readLogo(options.logo, cwd));
  const { commonNames } = checkout.dialect.view;
  refuseChoicesWithoutPayload(options);
  const drafted = draftView(payloads, source, {
    displayName,
    abilities: { setupMessage: commonNames.has("get_setup_webhook_message") },
    ...(options.choices && { choices: options.choices }),
  });
  const draft = onlyReached(foldMessages(drafted));
  const registry = planRegistration(checkout, {
    name,
    displayName,
    categories: options.categories,
    streamName: options.streamName,
    screenshots: [
      {
        fixture: payloads[0]?.fixture ?? SAMPLE,
        ...(options.auth === "basic" && { useBasicAuth: true }),
      },
    ],
  });
  const parts = { payloads, draft, logo };
  const files = await writeFiles(checkout, options, parts);
  const directory = webhookFolder(name);
  const testsFile = `${directory}/tests.py`;
  refuseExisting(checkout.root, [testsFile, ...files.map(({ path }) => path)]);
  const changes = [...files, updateOf(registry)];
  const fixtures = payloads.map(({ fixture }) => fixture);
  const { streamName, auth } = options;
  const outcomes = await run({ name, directory, streamName, auth, changes, fixtures });
  const cases = payloads.map((payload, at) => ({
    fixture: payload.name,
    format: payload.format,
    ...(outcomes[at] ?? { reason: "it was not delivered" }),
  }));
  const tests = await writeTestsFile({
    checkout,
    name,
    displayName,
    streamName,
    auth,
    draft,
    cases,
  });
  return {
    name,
    changes: withTests(changes, creation(testsFile, tests)),
    registry,
    testsFile,
    fixtures,
    events: [...new Set(draft.messages.flatMap(({ event }) => event ?? []))],
    fields: draftFields(draft.messages),
    unproven: unprovenEvents(payloads, source),
    placeholderLogo: logo.placeholder,
    samplePayload: options.payloads.length === 0,
    messages: cases.flatMap(({ format: _, ...one }) => ("content" in one ? [one] : [])),
    untold: cases.flatMap(({ format: _, ...one }) => ("reason" in one ? [one] : [])),
  };
}

/** What a message tells can only be said of payloads that the author knows. */
function refuseChoicesWithoutPayload({ choices, payloads }: NewOptions): void {
  if (payloads.length > 0 || !Object.values(choices ?? {}).some((given) => given.length > 0))
    return;
  throw new UserError("What messages show can only be chosen from the fields of payloads.", {
    code: "no-payload",
    hint: "Give a captured request body of each event with --payload.",
  });
}

/** The tests stand behind the view, where people look for them. */
function withTests(changes: readonly FileChange[], tests: FileChange): FileChange[] {
  const at = changes.findIndex(({ path }) => path.endsWith("/view.py")) + 1;
  return [...changes.slice(0, at), tests, ...changes.slice(at)];
}

async function payloadsOf(options: NewOptions): Promise<Payload[]> {
  const { payloads, cwd, headerValue, formFieldOf, publishable } = options;
  if (payloads.length > 0) {
    const read = await readPayloads(payloads, cwd, formFieldOf);
    const named = read.map((payload) => ({ ...payload, headerEvent: headerValue?.(payload) }));
    return [...withoutWrapper((await publishable?.(named)) ?? named)];
  }
  const path = templatePath(join("integration", "fixtures", SAMPLE));
  return [toPayload(SAMPLE, await readBytes(path))];
}

interface Parts {
  payloads: readonly Payload[];
  draft: ViewDraft;
  logo: Logo;
}

async function writeFiles(
  checkout: Checkout,
  options: NewOptions,
  parts: Parts,
): Promise<FileChange[]> {
  const { name, displayName, auth } = options;
  const { payloads, draft, logo } = parts;
  const { imageRoot } = checkout.dialect;
  const folder = webhookFolder(name);
  const clientName = clientNameOf(displayName);
  const view = await writeViewFile({ checkout, name, auth, draft, clientName, payloads });
  const doc = writeDocFile({
    checkout,
    displayName,
    docsUrl: options.docsUrl,
    auth,
    events: eventLabels(draft),
    filters: draft.source.kind !== "none" && auth === "api-key",
    imagePath: posix.join(imageRoot, name, PICTURE),
  });
  return [
    creation(`${folder}/__init__.py`, ""),
    creation(`${folder}/view.py`, view),
    creation(`${folder}/doc.md`, doc),
    ...payloads.map((payload) =>
      creation(`${folder}/fixtures/${payload.fixture}`, fixtureOf(payload)),
    ),
    creation(`${imageRoot}/logos/${name}.${logo.format}`, logo.bytes),
    creation(`${imageRoot}/bot_avatars/${name}.png`, logo.avatar),
  ];
}

/** The events worth choosing on the service's page: without its test request. */
function eventLabels({ messages, displayName }: ViewDraft): string[] {
  const labels = messages.flatMap(({ event, body }) =>
    event === undefined || body === "setup" ? [] : [wordsOfEvent(event, displayName).label],
  );
  return [...new Set(labels)];
}

function creation(path: string, content: string | Uint8Array): FileChange {
  return { path, kind: "create", content: Buffer.from(content) };
}

function updateOf({ path, before, after }: RegistryEdit): FileChange {
  return { path, kind: "update", content: Buffer.from(after), expected: Buffer.from(before) };
}

function refuseExisting(root: string, paths: readonly string[]): void {
  const there = paths.filter((path) => exists(join(root, path)));
  if (there.length === 0) return;
  const verb = there.length === 1 ? "exists" : "exist";
  throw new UserError(`${there.join(" and ")} ${verb} already.`, {
    code: "file-exists",
    hint: "Choose another name, or move what is there away first.",
  });
}
