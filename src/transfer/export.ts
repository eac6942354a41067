/** `export`: an integration of one tree as changes of another, written as that one writes integrations. */
import { join, posix } from "node:path";
import {
  findIntegration,
  planRegistration,
  planUnregistration,
  readView,
} from "../checkout/index.ts";
import type { Checkout, Integration } from "../checkout/model.ts";
import { ownedFiles } from "../checkout/owned-files.ts";
import { syntaxErrorIn } from "../checkout/syntax-error.ts";
import { UserError } from "../errors.ts";
import type { FileChange } from "../host/changes.ts";
import { exists, isFile, readBytes } from "../host/files.ts";
import { convertDoc } from "./convert/doc.ts";
import type { Note } from "./convert/notes.ts";
import type { Destination } from "./convert/python.ts";
import { TravellingSource } from "./convert/source.ts";
import { convertTests } from "./convert/tests.ts";
import { TreeNames } from "./convert/tree-names.ts";
import { convertView } from "./convert/view.ts";
import { readDestination } from "./destination.ts";
import { registrationFor } from "./registration.ts";
import { REMADE } from "./remove.ts";

export interface ExportPlan {
  readonly integration: Integration;
  /** Changes of the target. */
  readonly changes: readonly FileChange[];
  /** Folders of the target that go with the files in them. */
  readonly emptied: readonly string[];
  /** What could not be converted. */
  readonly notes: readonly Note[];
}

export interface ExportOptions {
  /** Replace what the target has of the integration. */
  readonly force: boolean;
  /** The target's files, where they are not those on disk. */
  readonly files?: TargetFiles;
}

/** What a plan asks of the target's files. Paths are relative to its root. */
export interface TargetFiles {
  /** Whether a file or folder is there. */
  has(path: string): boolean;
  /** A file's bytes; undefined when they do not matter. */
  read(path: string): Promise<Uint8Array | undefined>;
}

/** The files on disk. */
function filesOnDisk({ root }: Checkout): TargetFiles {
  return {
    has: (path) => exists(join(root, path)),
    read: (path) => readBytes(join(root, path)),
  };
}

/**
 * Plans an export; nothing is written.
 * @param from The integration's tree.
 * @param name The integration.
 * @param to The tree it goes to.
 * @throws UserError `unknown-integration`, `no-own-folder`, `already-registered`, `file-exists`, or when the target's
 *   registry cannot take the entry.
 */
export async function planExport(
  from: Checkout,
  name: string,
  to: Checkout,
  options: ExportOptions,
): Promise<ExportPlan> {
  const integration = findIntegration(from, name);
  requireOwnFolder(integration);
  const notes: Note[] = [];
  const replaced = await replacedBy(to, name, options.force);
  const registration = registrationFor(from, integration, to, notes);
  const { path, after } = planRegistration(replaced.checkout, registration);
  const present = options.files ?? filesOnDisk(to);
  const files = await carriedFiles({ from, integration, to, present, notes });
  const changes = await mergeChanges({ present, files, replaced: replaced.files });
  if (!options.force) refusePresent(changes, integration, present);
  const update: FileChange = {
    path,
    kind: "update",
    content: Buffer.from(after),
    expected: Buffer.from(to.registrySource),
  };
  return {
    integration,
    changes: [...changes, ...(after === to.registrySource ? [] : [update])],
    emptied: replaced.folders,
    notes,
  };
}

function requireOwnFolder({ name, directory, directoryName }: Integration): void {
  if (directoryName === name) return;
  throw new UserError(`${name} has no folder of its own: it lives in ${directory}.`, {
    code: "no-own-folder",
    hint: `Export ${directoryName}, and add ${name} to the target's registry by hand.`,
  });
}

interface Replaced {
  /** The target as it is without the integration. */
  checkout: Checkout;
  files: readonly string[];
  folders: readonly string[];
}

/** What the target has of the integration, which goes with `--force`. */
async function replacedBy(to: Checkout, name: string, force: boolean): Promise<Replaced> {
  const present = to.integrations.find((one) => one.name === name);
  // Without force the registry itself refuses, and says in which line the entry is.
  if (!present || !force) return { checkout: to, files: [], folders: [] };
  const { files, folders } = await ownedFiles(to, present);
  const registrySource = planUnregistration(to, name).after;
  const integrations = to.integrations.filter((one) => one !== present);
  return { checkout: { ...to, registrySource, integrations }, files, folders };
}

interface Carrying {
  from: Checkout;
  integration: Integration;
  to: Checkout;
  present: TargetFiles;
  notes: Note[];
}

/** The files as they are to be in the target, by path. */
async function carriedFiles(carrying: Carrying): Promise<Map<string, Uint8Array>> {
  const { from, integration, to, present, notes } = carrying;
  const { files, shared } = await ownedFiles(from, integration);
  // What it shares in its own tree is only brought along where it is missing.
  const images = [
    ...shared.map(({ path }) => path),
    ...integration.screenshots.map(imageOf),
  ].filter((path) => !present.has(placeOf(path, from, to)));
  const destination = await readDestination(to, integration);
  const origin = { names: new TreeNames(from.root), from, integration, notes };
  const travelling = new Map<string, Uint8Array>();
  for (const path of new Set([...files, ...images])) {
    if (REMADE.test(path) || !isFile(join(from.root, path))) continue;
    const bytes = await readBytes(join(from.root, path));
    const target = placeOf(path, from, to);
    travelling.set(target, await convertFile({ path, target, bytes }, origin, destination));
  }
  return travelling;
}

const imageOf = ({ imagePath }: { imagePath: string }): string => imagePath;

/** Where a file goes: images to the target's image folder, everything else to the same path. */
function placeOf(path: string, from: Checkout, to: Checkout): string {
  const images = `${from.dialect.imageRoot}/`;
  return path.startsWith(images)
    ? posix.join(to.dialect.imageRoot, path.slice(images.length))
    : path;
}

interface Origin {
  names: TreeNames;
  from: Checkout;
  integration: Integration;
  notes: Note[];
}

async function convertFile(
  { path, target, bytes }: { path: string; target: string; bytes: Buffer },
  { names, from, integration, notes }: Origin,
  destination: Destination,
): Promise<Uint8Array> {
  if (path === integration.docFile) {
    const { displayName } = integration;
    const to = destination.checkout;
    const hasEvents = /\ball_event_types\s*=/.test(await readView(from, integration));
    const travel = { path: target, displayName, hasEvents, from, to, notes };
    return Buffer.from(convertDoc(bytes.toString("utf8"), travel));
  }
  if (!path.endsWith(".py") || bytes.length === 0) return bytes;
  const text = bytes.toString("utf8");
  const problem = syntaxErrorIn(text);
  if (problem) {
    notes.push({ path: target, line: problem.line, message: `${problem.message}; left unchanged` });
    return bytes;
  }
  const source = new TravellingSource(target, text, notes);
  if (/(^|\/)tests?(_\w+)?\.py$/.test(path)) {
    await convertTests(source, { dialect: from.dialect.tests, names, integration }, destination);
  } else await convertView(source, destination);
  return Buffer.from(source.text);
}

interface Merge {
  present: TargetFiles;
  files: ReadonlyMap<string, Uint8Array>;
  /** Files of the integration that is replaced. */
  replaced: readonly string[];
}

/** The changes that put the files into the target. */
async function mergeChanges({ present, files, replaced }: Merge): Promise<FileChange[]> {
  const changes: FileChange[] = [];
  for (const [path, content] of files) {
    if (!present.has(path)) {
      changes.push({ path, kind: "create", content });
      continue;
    }
    const expected = await present.read(path);
    if (expected && Buffer.compare(expected, content) === 0) continue;
    changes.push({ path, kind: "update", content, ...(expected && { expected }) });
  }
  for (const path of replaced) {
    if (files.has(path) || !present.has(path)) continue;
    const expected = await present.read(path);
    changes.push({ path, kind: "remove", ...(expected && { expected }) });
  }
  return changes;
}

function refusePresent(
  changes: readonly FileChange[],
  { directory, name }: Integration,
  present: TargetFiles,
): void {
  const there = changes.filter(({ kind }) => kind === "update").map(({ path }) => path);
  if (present.has(directory)) there.unshift(directory);
  if (there.length === 0) return;
  const shown = there.slice(0, 3).join(", ") + (there.length > 3 ? ", …" : "");
  throw new UserError(`The target has ${shown} already.`, {
    code: "file-exists",
    hint: `Move it away there, or replace the files of ${name} with --force.`,
  });
}
