/** One call of a tool: its input to a command line, and what the command says to an answer. */

import { beginning } from "../../cut.ts";
import { ExitCode, UserError } from "../../errors.ts";
import { readBytesUpTo, resolveInside } from "../../host/files.ts";
import { temporaryFolder } from "../../host/temp.ts";
import { jsonText, printable, printableLine } from "../../ui/steering.ts";
import { count } from "../../ui/text.ts";
import type { Context } from "../define.ts";
import type { Pools } from "../pools.ts";
import { commandLineOf, type Input, pathsIn, requireInTree } from "./command-line.ts";
import { outdated, type Plans, stateOf } from "./plans.ts";
import { specOf, type ToolChoice } from "./tools.ts";

/** A part of an answer, as the protocol has it. */
export type Content =
  | { type: "text"; text: string }
  | { type: "image"; data: string; mimeType: string };

/** What a call works with. */
export interface Session {
  /** The tree. */
  readonly root: string;
  readonly plans: Plans;
  readonly run: Context["run"];
  /** The programs that calls share. */
  readonly pools: Pools;
}

/** Characters of a command's JSON, and of what it says besides, that are passed on. */
const LONGEST_REPORT = 100_000;
const LONGEST_TALK = 5_000;
const MOST_PICTURES = 6;
const LARGEST_PICTURE = 4_000_000;

/**
 * Runs a tool.
 * @param signal Ends it.
 * @returns The parts of its answer.
 * @throws UserError what the command refuses, and what cannot be asked of a tool.
 */
export async function callTool(
  choice: ToolChoice,
  { plan, ...input }: Input,
  session: Session,
  signal: AbortSignal,
): Promise<Content[]> {
  if (typeof plan === "string") return applyPlan(choice, plan, input, session, signal);
  const spec = await specOf(choice.command);
  const words = commandLineOf(choice, spec, input, session.root);
  if (choice.draws) return draw(words, session, signal);
  if (!choice.writes) return contentOf(await ask(words, session, signal));
  const paths = pathsIn(spec, input);
  const { report } = await ask([...words, "--dry-run"], session, signal);
  const state = await stateOf(report, paths, session.root);
  const id = session.plans.keep({ tool: choice.name, words, paths, state });
  const next = `Nothing is written yet. Call ${choice.name} with {"plan": "${id}"} alone to write this.`;
  return [text(`Plan ${id}. ${next}`), text(cut(report))];
}

async function applyPlan(
  { name }: ToolChoice,
  id: string,
  rest: Input,
  session: Session,
  signal: AbortSignal,
): Promise<Content[]> {
  if (Object.keys(rest).length > 0) {
    throw new UserError("A plan is written as it is, without other input.", {
      code: "usage",
      hint: `Call ${name} with the plan alone, or without it for a new plan.`,
    });
  }
  const { words, paths, state } = session.plans.take(id, name);
  for (const path of paths) requireInTree(session.root, path);
  const { report } = await ask([...words, "--dry-run"], session, signal).catch((error) => {
    throw error instanceof UserError ? outdated(name) : error;
  });
  if ((await stateOf(report, paths, session.root)) !== state) throw outdated(name);
  return contentOf(await ask([...words, "--yes"], session, signal));
}

interface Said {
  /** The command's JSON, on one line. */
  report: string;
  /** What it said besides. */
  talk: string;
}

/** Runs a command that answers with JSON. */
async function ask(
  words: readonly string[],
  { root, run, pools }: Session,
  signal: AbortSignal,
): Promise<Said> {
  const { exitCode, stdout, stderr } = await run(words, { cwd: root, signal, pools });
  const report = asObject(stdout);
  const worked = exitCode === ExitCode.Ok || exitCode === ExitCode.Problems;
  if (worked && report.error === undefined) {
    return { report: jsonText(report, 0), talk: stderr };
  }
  const { message, hint, code } = asObject(report.error);
  throw new UserError(String(message ?? "The command failed."), {
    code: String(code ?? "failed"),
    ...(typeof hint === "string" && { hint }),
  });
}

function asObject(value: unknown): Record<string, unknown> {
  const object: unknown = typeof value === "string" && value !== "" ? JSON.parse(value) : value;
  return typeof object === "object" && object !== null ? { ...object } : {};
}

function contentOf({ report, talk }: Said): Content[] {
  const said = talk.trim();
  return [text(cut(report)), ...(said === "" ? [] : [text(cut(said, LONGEST_TALK))])];
}

const text = (words: string): Content => ({ type: "text", text: words });

function cut(whole: string, most = LONGEST_REPORT): string {
  const { text: shown, left } = beginning(whole, most);
  if (left === 0) return whole;
  return `${shown}\n… ${count(left, "more character")}: ask about less at once, such as one integration by its name.`;
}

/** Draws into a folder of its own. */
async function draw(
  words: readonly string[],
  session: Session,
  signal: AbortSignal,
): Promise<Content[]> {
  const folder = await temporaryFolder("mcp");
  try {
    const [command = "", ...rest] = words;
    const said = await ask([command, `--out=${folder.path}`, ...rest], session, signal);
    const drawn = (JSON.parse(said.report) as { images: { path: string; status: string }[] }).images
      .filter(({ status }) => status === "written" || status === "unchanged")
      .map(({ path }) => path);
    const pictures: Content[] = [];
    for (const path of drawn.slice(0, MOST_PICTURES)) {
      const bytes = await readBytesUpTo(resolveInside(folder.path, path), LARGEST_PICTURE);
      pictures.push({
        type: "image",
        data: bytes.toString("base64"),
        mimeType: path.endsWith(".svg") ? "image/svg+xml" : "image/png",
      });
    }
    const more = drawn.length - pictures.length;
    const left =
      more > 0 ? [text(`${count(more, "more picture")} left out: name fewer integrations.`)] : [];
    return [...contentOf(said), ...pictures, ...left];
  } finally {
    await folder.release();
  }
}

/** What an error says, as the text of an answer: what is wrong, and what to do. */
export function sentencesOf({ message, hint }: UserError): string {
  const sentences = [message, hint].filter((one) => one !== undefined);
  return printable(sentences.map((one) => printableLine(one, LONGEST_TALK)).join(" "));
}
