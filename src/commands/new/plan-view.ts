/** A plan of file changes as text: a tree of the files, and the differences. */
import { structuredPatch } from "diff";
import type { FileChange } from "../../host/changes.ts";
import type { NewPlan, Todo } from "../../scaffold/index.ts";
import type { Paint } from "../../ui/marks.ts";
import type { Output } from "../../ui/output.ts";
import { count } from "../../ui/text.ts";
import type { Context } from "../define.ts";

interface Folder {
  folders: Map<string, Folder>;
  files: { name: string; note: string }[];
}

/**
 * Draws the files of a plan as a tree.
 * @param changes The plan.
 * @param paint Colours, or none.
 */
export function planTree(changes: readonly FileChange[], paint: Paint): string {
  const root: Folder = { folders: new Map(), files: [] };
  for (const change of changes) {
    const names = change.path.split("/");
    const name = names.pop() ?? "";
    let folder = root;
    for (const step of names) {
      const next = folder.folders.get(step) ?? { folders: new Map(), files: [] };
      folder.folders.set(step, next);
      folder = next;
    }
    folder.files.push({ name, note: noteOf(change, paint) });
  }
  return draw(root, "", paint).join("\n");
}

function noteOf({ kind }: FileChange, paint: Paint): string {
  if (kind === "create") return paint.green("created");
  return kind === "update" ? paint.yellow("updated") : paint.red("removed");
}

function draw(folder: Folder, indent: string, paint: Paint): string[] {
  const entries = [
    ...[...folder.folders].map(([name, child]) => ({ ...joined(name, child), note: "" })),
    ...folder.files.map((file) => ({ ...file, child: undefined })),
  ].sort((a, b) => (a.name < b.name ? -1 : 1));
  return entries.flatMap(({ name, child, note }, index) => {
    const last = index === entries.length - 1;
    const line = `${indent}${last ? "└── " : "├── "}`;
    if (!child) return [`${line}${name}  ${note}`];
    return [
      `${line}${paint.bold(`${name}/`)}`,
      ...draw(child, `${indent}${last ? "    " : "│   "}`, paint),
    ];
  });
}

/** A folder that holds only a folder is written with it, on one line. */
function joined(name: string, child: Folder): { name: string; child: Folder } {
  const [only, ...others] = child.folders;
  if (!only || others.length > 0 || child.files.length > 0) return { name, child };
  return joined(`${name}/${only[0]}`, only[1]);
}

/** Shows the files of a plan, and the differences of those that change; with `contents` also what new ones hold. */
export function showChanges(changes: readonly FileChange[], out: Output, contents = false): void {
  out.data(planTree(changes, out.paint));
  const shown = contents ? changes : changes.filter(({ kind }) => kind === "update");
  out.data(planDiff(shown, out.paint));
}

/**
 * The differences of a plan's texts, as unified diffs without the lines git adds.
 * @param changes Those to show; pictures are left out.
 * @param paint Colours, or none.
 */
export function planDiff(changes: readonly FileChange[], paint: Paint): string {
  return changes
    .filter(({ path }) => !/\.(png|svg)$/.test(path))
    .flatMap((change) => diffOf(change, paint))
    .join("\n");
}

const MAX_EDITS = 3_000;
const MAX_MESSAGES = 5;
const MAX_LINES = 12;
/** Of somebody who looks at all messages. */
const MAX_LINES_OF_ALL = 60;

/**
 * The messages that the drafted view sends for the payloads.
 * @param plan The plan of a new integration.
 * @param paint Colours, or none.
 * @param most As many are shown.
 */
export function planMessages(
  { messages, untold, events, fixtures }: NewPlan,
  paint: Paint,
  most?: number,
): string {
  const fileOf = (name: string): string =>
    fixtures.find((file) => file.replace(/\.\w+$/, "") === name) ?? name;
  const told = messages.map((one) => ({ ...one, fixture: fileOf(one.fixture) }));
  const shown = messageLines(told, paint, most);
  for (const { fixture, reason } of untold)
    shown.push(`${paint.bold(fileOf(fixture))} › not known: ${visible(reason)}`);
  if (events.length > 0) shown.push(`Event types: ${visible(events.join(", "))}`);
  return shown.join("\n");
}

/** Says what a drafted view leaves to its author. */
export function sayTodos(todos: readonly Todo[], out: Output): void {
  if (todos.length === 0) return;
  const need = todos.length === 1 ? "needs" : "need";
  out.warn(
    `${count(todos.length, "TODO")} in the view ${need} an answer from the service's documentation:`,
  );
  for (const { path, line, text } of todos) out.say(`  ${visible(path)}:${line}: ${text}`);
}

/** A message with the file of its fixture. */
interface FixtureMessage {
  readonly fixture: string;
  readonly topic: string;
  readonly content: string;
}

/** How many messages of a plan are shown: all to who asks for details, or to see what would be written, or has to agree. */
export const mostMessages = (dryRun: boolean, { out, prompts, yes }: Context): number =>
  dryRun || out.verbose || (prompts.interactive && !yes) ? Number.POSITIVE_INFINITY : MAX_MESSAGES;

/** The first of some messages, as lines. */
export function messageLines(
  messages: readonly FixtureMessage[],
  paint: Paint,
  most = MAX_MESSAGES,
): string[] {
  const shown = messages.slice(0, most).flatMap(({ fixture, topic, content }) => {
    const lines = content.split("\n");
    const limit = Number.isFinite(most) ? MAX_LINES : MAX_LINES_OF_ALL;
    const cut = lines.length > limit ? [...lines.slice(0, limit), "…"] : lines;
    return [
      `${paint.bold(visible(fixture))} › ${visible(topic)}`,
      ...cut.map((line) => paint.dim("│ ") + visible(line)),
    ];
  });
  const left = messages.length - most;
  if (left > 0) shown.push(`… and ${left} more`);
  return shown;
}

function diffOf({ path, content, expected }: FileChange, paint: Paint): string[] {
  const text = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString("utf8");
  const patch = structuredPatch(path, path, text(expected), text(content), "", "", {
    context: 2,
    // The time to compare grows with the square of how much differs. A file that is new differs from nothing.
    ...(expected !== undefined && { maxEditLength: MAX_EDITS }),
  });
  if (patch === undefined) return ["", paint.bold(path), "… too much of it differs to show it"];
  const { hunks } = patch;
  if (hunks.length === 0) return [];
  const lines = hunks.flatMap(({ newStart, newLines, oldStart, oldLines, lines: body }) => [
    paint.cyan(`@@ -${oldStart},${oldLines} +${newStart},${newLines} @@`),
    ...body.map((line) => paintLine(visible(line), paint)),
  ]);
  return ["", paint.bold(path), ...lines];
}

function paintLine(line: string, paint: Paint): string {
  if (line.startsWith("+")) return paint.green(line);
  return line.startsWith("-") ? paint.red(line) : line;
}

/** Payloads are untrusted: control characters in them must not reach the terminal. */
function visible(line: string): string {
  return line.replace(/[^\P{C}\t\u200d]/gu, "\ufffd");
}
