/** Ruff itself, with some settings. */
import { compileQuickly } from "../host/compilation.ts";

/** One thing ruff found. */
export interface RuffFinding {
  /** Such as `F401`. */
  readonly code: string;
  readonly message: string;
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
}

interface Diagnostic {
  code: string | null;
  message: string;
  start_location: { row: number; column: number };
}

/** What ruff is asked: what it finds in a text, or how it would write it. */
export interface RuffQuestion {
  readonly ask: "findings" | "format";
  readonly text: string;
}

/** What it found, or the text as it would write it. */
export type RuffAnswer = RuffFinding[] | string;

/**
 * Loads it, which takes long: it is ten megabytes of WebAssembly.
 * @returns Answers about the text of a file.
 * @throws Error when it does not understand the settings.
 */
export async function loadRuff(
  settings: Readonly<Record<string, unknown>>,
): Promise<(question: RuffQuestion) => RuffAnswer> {
  compileQuickly();
  const { Workspace, PositionEncoding } = await import("@astral-sh/ruff-wasm-nodejs");
  const workspace = new Workspace(settings, PositionEncoding.Utf32);
  return ({ ask, text }) => {
    if (ask === "format") return workspace.format(text);
    const found = workspace.check(text) as Diagnostic[];
    return found.flatMap(({ code, message, start_location: { row, column } }) =>
      code === null ? [] : { code, message, line: row, column },
    );
  };
}
