/**
 * Questions to the user. Every question has a flag that answers it, so nothing depends on a terminal.
 */
import { CancelledError, UserError } from "../errors.ts";
import { USUAL_WIDTH, wrapped } from "./layout.ts";
import { forConsole } from "./marks.ts";
import { printableLine } from "./steering.ts";

interface QuestionBase {
  /** The flag or argument that answers the question without asking, such as `--category`. */
  flag: string;
  message: string;
  /** The variable of the environment that answers it too. */
  variable?: string;
  /** Without a terminal an optional question is answered by its default, or left out. */
  optional?: boolean;
}

export interface TextQuestion extends QuestionBase {
  kind: "text";
  default?: string;
  /** @returns true, or the sentence that says what is wrong. */
  validate?(answer: string): true | string | Promise<true | string>;
}

export interface ChoiceQuestion extends QuestionBase {
  kind: "many";
  choices: { value: string; label: string }[];
  /** Told of all that are chosen so far, after each. */
  onChosen?: (values: readonly string[]) => void;
}

export type Question = TextQuestion | ChoiceQuestion;

type Answer<Q> = Q extends ChoiceQuestion ? string[] : string;

export interface Prompts {
  /** Whether somebody can answer. */
  readonly interactive: boolean;
  /**
   * Asks what is still open, in order.
   * @throws UserError `missing-answers` that lists every flag at once, where nobody can answer.
   * @throws CancelledError when the user leaves a question with Ctrl-C.
   */
  ask<Q extends Record<string, Question>>(questions: Q): Promise<{ [K in keyof Q]: Answer<Q[K]> }>;
  /**
   * Asks for a yes. `--yes` says it in advance.
   * @param options `default`: what Enter alone means; yes when left out.
   * @throws UserError `missing-answers` where nobody can answer.
   */
  confirm(message: string, options?: { default?: boolean }): Promise<boolean>;
}

export interface PromptOptions {
  interactive: boolean;
  yes: boolean;
  /** Where answers are typed. */
  input: NodeJS.ReadableStream;
  /** Where questions are shown. */
  output: NodeJS.WritableStream;
}

/** Makes the prompts of one run of the program. */
export function createPrompts({ interactive, yes, ...streams }: PromptOptions): Prompts {
  return {
    interactive,
    async ask<Q extends Record<string, Question>>(questions: Q) {
      const answers: Record<string, string | string[]> = {};
      if (!interactive) requireAnswered(Object.values(questions));
      for (const [key, question] of Object.entries(questions)) {
        answers[key] = interactive ? await askOne(question, streams) : fallback(question);
      }
      return answers as { [K in keyof Q]: Answer<Q[K]> };
    },
    async confirm(message, options = {}) {
      if (yes) return true;
      if (!interactive) throw missing([{ flag: "--yes" }]);
      const { default: onEnter = true } = options;
      return (await inquire({ type: "confirm", message, default: onEnter }, streams)) as boolean;
    },
  };
}

function fallback(question: Question): string | string[] {
  return question.kind === "many" ? [] : (question.default ?? "");
}

function requireAnswered(questions: Question[]): void {
  const open = questions.filter(
    (question) =>
      !question.optional && (question.kind === "many" || question.default === undefined),
  );
  if (open.length > 0) throw missing(open);
}

function missing(questions: readonly Pick<Question, "flag" | "variable">[]): UserError {
  const list = questions.map(({ flag }) => flag).join(", ");
  const variables = questions.flatMap(({ variable }) => variable ?? []);
  const orSet = variables.length === 0 ? "" : `, or set ${variables.join(", ")}`;
  return new UserError(
    `There is no terminal to prompt at, and these answers are missing: ${list}.`,
    {
      code: "missing-answers",
      hint: `Give ${list} on the command line${orSet}.`,
    },
  );
}

type Streams = Pick<PromptOptions, "input" | "output">;

async function askOne(question: Question, streams: Streams): Promise<string | string[]> {
  if (question.kind === "many") return askMany(question, streams);
  const { message } = question;
  const { default: onEnter, validate } = question;
  const details = {
    // What Enter means is what is shown.
    ...(onEnter !== undefined && { default: printableLine(onEnter) }),
    ...(validate && {
      validate: async (answer: string) => {
        const complaint = await validate(answer);
        return complaint === true || broken(printableLine(complaint), streams);
      },
    }),
  };
  return (await inquire({ type: "input", message, ...details }, streams)) as string;
}

/** One after the other, since what is typed filters the list: at first Enter alone takes no more. */
async function askMany(
  { message, choices, optional, onChosen }: ChoiceQuestion,
  streams: Streams,
): Promise<string[]> {
  const chosen: string[] = [];
  while (chosen.length < choices.length) {
    const left = choices.filter(({ value }) => !chosen.includes(value));
    const end = chosen.length > 0 || optional ? [{ value: "", name: "no more" }] : [];
    const source = (typed = ""): { value: string; name: string }[] => {
      const fitting = left.filter(({ value, label }) => fits(typed, `${value} ${label}`));
      const named = fitting.map(({ value, label }) => ({ value, name: printableLine(label) }));
      return typed === "" ? [...end, ...named] : named;
    };
    const words = chosen.length === 0 ? message : `${message}, another one`;
    const value = (await inquire({ type: "search", message: words, source }, streams)) as string;
    if (value === "") break;
    chosen.push(value);
    onChosen?.(chosen);
  }
  return chosen;
}

/** Whether a text has each of the words. */
function fits(words: string, text: string): boolean {
  const low = text.toLowerCase();
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => low.includes(word));
}

/** The library puts a mark and a blank before a text, and breaks what is too long wherever it is. */
const MARK_COLUMNS = 2;

/** A text whose lines fit beside the mark, broken between words. */
function broken(text: string, { output }: Streams): string {
  const { columns } = output as { columns?: number };
  return wrapped(text, Math.max(10, (columns || USUAL_WIDTH) - MARK_COLUMNS));
}

async function inquire(
  question: { message: string } & Record<string, unknown>,
  streams: Streams,
): Promise<unknown> {
  // Loaded only when there is something to ask: it is the slowest import of the program.
  const { default: inquirer } = await import("inquirer");
  try {
    const { answer } = await inquirer.createPromptModule(streams)<{ answer: unknown }>([
      {
        ...question,
        message: broken(forConsole(question.message), streams),
        name: "answer",
      } as never,
    ]);
    return answer;
  } catch (error) {
    const left =
      error instanceof Error && ["ExitPromptError", "AbortPromptError"].includes(error.name);
    throw left ? new CancelledError() : error;
  }
}
