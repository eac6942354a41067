/** The shell blocks of a Markdown page, and what the page says about running them. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../../src/host/assets.ts";

/** A fenced block that a reader would paste into a shell. */
export interface ShellBlock {
  /** The first line after the fence, from 1. */
  line: number;
  /** What a shell gets: the block itself, or its lines after a `$ ` prompt. */
  script: string;
  /** The exit code it has to end with. */
  exitCode: number;
  /** Why it is not run. */
  notRun?: string;
  /** It goes on in the background, as in a terminal of its own, until a block that is `after` its end. */
  stays: boolean;
  /** What went on in the background is ended first, by Ctrl-C. */
  afterStop: boolean;
}

const FENCE = /^```(\w*)\s*$/;
/** On the line before the fence or the one above that: how a block is run, where it is not as any other. */
const DIRECTIVE = /^<!-- run: (?:exit (\d+)|no, (.+)|(stays)|(after Ctrl-C)) -->$/;

/**
 * @param page Path relative to the package, such as `docs/testing.md`.
 * @throws Error for a directive that is not understood, so that a typing mistake runs nothing silently.
 */
export function shellBlocks(page: string): ShellBlock[] {
  const lines = readFileSync(join(packageRoot, page), "utf8").split("\n");
  const blocks: ShellBlock[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    const language = FENCE.exec(lines[index] ?? "")?.[1];
    if (language === undefined) continue;
    const end = lines.indexOf("```", index + 1);
    if (end < 0) throw new Error(`${page}:${index + 1}: the block has no end.`);
    const body = lines.slice(index + 1, end);
    const script = scriptOf(language, body);
    if (script !== undefined) {
      blocks.push({ line: index + 2, script, ...directiveAbove(page, lines, index) });
    }
    index = end;
  }
  return blocks;
}

function scriptOf(language: string, body: readonly string[]): string | undefined {
  if (language === "sh") return body.join("\n");
  if (language !== "console") return undefined;
  const commands: string[] = [];
  let continues = false;
  for (const line of body) {
    if (continues) commands.push(line);
    else if (line.startsWith("$ ")) commands.push(line.slice(2));
    else continue;
    continues = line.endsWith("\\");
  }
  return commands.join("\n");
}

function directiveAbove(
  page: string,
  lines: readonly string[],
  fence: number,
): Omit<ShellBlock, "line" | "script"> {
  const above = [lines[fence - 1], lines[fence - 2]].find((line) => line?.startsWith("<!-- run"));
  if (above === undefined) return { exitCode: 0, stays: false, afterStop: false };
  const match = DIRECTIVE.exec(above);
  if (!match) throw new Error(`${page}:${fence}: '${above}' is not understood.`);
  const [, exitCode, notRun, stays, afterStop] = match;
  return {
    exitCode: Number(exitCode ?? 0),
    ...(notRun && { notRun }),
    stays: stays !== undefined,
    afterStop: afterStop !== undefined,
  };
}
