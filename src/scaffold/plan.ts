/** `new`: the whole plan of a new integration, made in memory. Nothing is written here. */
import { basename, join, posix } from "node:path";
import { planRegistration } from "../checkout/index.ts";
import type { Checkout, RegistryEdit } from "../checkout/model.ts";
import { BugError, UserError } from "../errors.ts";
import { templatePath } from "../host/assets.ts";
import type { FileChange } from "../host/changes.ts";
import { exists, readBytes } from "../host/files.ts";
import {
  detectEventSource,
  type EventSource,
  eventOf,
  type Payload,
  parseEventHeader,
  parseEventKey,
  readPayloads,
  toPayload,
} from "../payload/index.ts";
import { writeDocFile } from "./doc-file.ts";
import { draftView, type ViewDraft } from "./draft.ts";
import { expectedMessage, type TreeTexts } from "./expect.ts";
import { treeTextsOf } from "./limits.ts";
import { drawLogo, type Logo, readLogo } from "./logo.ts";
import {
  checkCategories,
  checkDisplayName,
  checkNewName,
  checkStreamName,
  clientNameOf,
  webhookFolder,
} from "./names.ts";
import { type TestCase, writeTestsFile } from "./python/tests-file.ts";
import { type AuthStyle, writeViewFile } from "./python/view-file.ts";
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
  readonly eventKey?: string | undefined;
  readonly auth: AuthStyle;
  readonly logo?: string | undefined;
  /** The folder that relative paths start from. */
  readonly cwd: string;
}

/** An event name that was made of the name of a file. */
export interface UnprovenEvent {
  readonly event: string;
  /** The payload's file name. */
  readonly file: string;
}

export interface NewPlan {
  readonly name: string;
  readonly changes: readonly FileChange[];
  readonly registry: RegistryEdit;
  /** The event types that the view knows. */
  readonly events: readonly string[];
  /** Those of them that only a file's name says, though a header names them. */
  readonly unproven: readonly UnprovenEvent[];
  readonly placeholderLogo: boolean;
  /** True when the fixture is our sample, to be replaced by a captured payload. */
  readonly samplePayload: boolean;
  /** What the new tests expect, by fixture. */
  readonly messages: readonly TestCase[];
}

const SAMPLE = "notification.json";
const PICTURE = "001.png";

/**
 * Plans a new integration: its files in the tree's dialect, and its entries in the registry.
 * @param checkout The tree.
 * @param options What the user wants.
 * @throws UserError when an answer cannot be used, or a file to create exists.
 */
export async function planNew(checkout: Checkout, options: NewOptions): Promise<NewPlan> {
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
  const texts = await treeTextsOf(checkout.root);
  const draft = draftView(payloads, source, displayName, {
    setupMessage:
      texts.setup !== undefined &&
      checkout.dialect.view.commonNames.has("get_setup_webhook_message"),
  });
  const messages = expectationsOf(payloads, draft, texts);
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
  const files = await writeFiles(checkout, options, { payloads, draft, messages, logo });
  refuseExisting(checkout.root, files);
  return {
    name,
    changes: [...files, updateOf(registry)],
    registry,
    events: draft.messages.flatMap(({ event }) => (event === undefined ? [] : [event])),
    unproven: unprovenEvents(payloads, source),
    placeholderLogo: logo.placeholder,
    samplePayload: options.payloads.length === 0,
    messages,
  };
}

async function payloadsOf({ payloads, cwd, headerValue }: NewOptions): Promise<Payload[]> {
  if (payloads.length > 0) {
    const read = await readPayloads(payloads, cwd);
    return read.map((payload) => ({ ...payload, headerEvent: headerValue?.(payload) }));
  }
  const path = templatePath(join("integration", "fixtures", SAMPLE));
  return [toPayload(SAMPLE, await readBytes(path))];
}

function eventSourceOf(options: NewOptions, payloads: readonly Payload[]): EventSource {
  const { eventHeader, eventKey } = options;
  if (eventHeader !== undefined && eventKey !== undefined) {
    throw new UserError("--event-header and --event-key cannot be given together.", {
      code: "usage",
      hint: "Give the one that says which event a request is about.",
    });
  }
  if ((eventHeader ?? eventKey) !== undefined && options.payloads.length === 0) {
    throw new UserError("An event header or key needs payloads to read the events from.", {
      code: "no-payload",
      hint: "Give a captured request body of each event with --payload.",
    });
  }
  if (eventHeader !== undefined) return { kind: "header", header: parseEventHeader(eventHeader) };
  if (eventKey !== undefined) return { kind: "key", path: parseEventKey(eventKey) };
  return detectEventSource(payloads);
}

function unprovenEvents(payloads: readonly Payload[], source: EventSource): UnprovenEvent[] {
  if (source.kind !== "header") return [];
  const known = new Set(payloads.map(({ headerEvent }) => headerEvent));
  return payloads.flatMap(({ headerEvent, fileEvent: event, source: path }) => {
    if (headerEvent !== undefined || known.has(event)) return [];
    known.add(event);
    return [{ event, file: basename(path) }];
  });
}

function expectationsOf(
  payloads: readonly Payload[],
  draft: ViewDraft,
  texts: TreeTexts,
): TestCase[] {
  return payloads.map((payload) => {
    const event = eventOf(payload, draft.source);
    const message = draft.messages.find((candidate) => candidate.event === event);
    if (!message) throw new BugError(`No message was drafted for ${payload.source}.`);
    return {
      fixture: payload.name,
      ...expectedMessage(payload, message, draft.displayName, texts),
    };
  });
}

interface Parts {
  payloads: readonly Payload[];
  draft: ViewDraft;
  messages: readonly TestCase[];
  logo: Logo;
}

async function writeFiles(
  checkout: Checkout,
  options: NewOptions,
  parts: Parts,
): Promise<FileChange[]> {
  const { name, displayName, streamName, auth } = options;
  const { payloads, draft, messages, logo } = parts;
  const { imageRoot } = checkout.dialect;
  const folder = webhookFolder(name);
  const clientName = clientNameOf(displayName);
  const shared = { checkout, name, auth, draft };
  const doc = writeDocFile({
    checkout,
    displayName,
    auth,
    events: eventLabels(draft),
    filters: draft.source.kind !== "none" && auth === "api-key",
    imagePath: posix.join(imageRoot, name, PICTURE),
  });
  const cases = messages;
  return [
    creation(`${folder}/__init__.py`, ""),
    creation(`${folder}/view.py`, await writeViewFile({ ...shared, clientName, payloads })),
    creation(
      `${folder}/tests.py`,
      await writeTestsFile({ ...shared, displayName, streamName, cases }),
    ),
    creation(`${folder}/doc.md`, doc),
    ...payloads.map(({ fixture, bytes }) => creation(`${folder}/fixtures/${fixture}`, bytes)),
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

function refuseExisting(root: string, changes: readonly FileChange[]): void {
  const there = changes.map(({ path }) => path).filter((path) => exists(join(root, path)));
  if (there.length === 0) return;
  const verb = there.length === 1 ? "exists" : "exist";
  throw new UserError(`${there.join(" and ")} ${verb} already.`, {
    code: "file-exists",
    hint: "Choose another name, or move what is there away first.",
  });
}
