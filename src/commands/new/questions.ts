/** The questions that `new` asks where the command line left something open. */
import { resolve } from "node:path";
import { split } from "shlex";
import type { Checkout } from "../../checkout/model.ts";
import { UserError } from "../../errors.ts";
import { isFile } from "../../host/files.ts";
import { matchingFiles } from "../../host/matching-files.ts";
import { readPayloads } from "../../payload/index.ts";
import {
  checkDisplayName,
  checkNewName,
  checkStreamName,
  defaultDisplayName,
  readLogo,
} from "../../scaffold/index.ts";
import type { Question } from "../../ui/prompts.ts";
import type { GivenAnswers } from "./answers.ts";

export interface World {
  checkout: Checkout;
  /** The folder that relative paths start from. */
  cwd: string;
  /** Whether what has a default is asked as well. */
  asksAll: boolean;
}

/** In the order in which they are asked, after the payloads: defaults are made of the name. */
export const ORDER = ["name", "displayName", "category", "stream", "logo"] as const;

/** The question for what is not known yet, if there is one. */
export function questionFor(
  key: (typeof ORDER)[number],
  known: GivenAnswers,
  { checkout, cwd, asksAll }: World,
): Question | undefined {
  const { streamWord } = checkout.dialect.docs;
  const isKnown = key === "category" ? known.category.length > 0 : known[key] !== undefined;
  if (isKnown) return undefined;
  switch (key) {
    case "name":
      return {
        kind: "text",
        flag: "<name>",
        message: "Name of the integration (a folder, and a part of the URL)",
        validate: (answer) => complaint(() => checkNewName(checkout, answer)),
      };
    case "category":
      return {
        kind: "many",
        flag: "--category",
        message: "Category (type to filter)",
        choices: checkout.categories
          .filter(({ meta }) => !meta)
          .map(({ key: value, label }) => ({ value, label })),
      };
    case "displayName":
      return asksAll
        ? {
            kind: "text",
            flag: "--display-name",
            message: "Name of the service, as its owner writes it",
            default: defaultDisplayName(known.name ?? ""),
            validate: (answer) => complaint(() => checkDisplayName(answer)),
          }
        : undefined;
    case "stream":
      return asksAll
        ? {
            kind: "text",
            flag: "--stream",
            message: `Default ${streamWord}`,
            default: known.name ?? "",
            validate: (answer) => complaint(() => checkStreamName(answer, streamWord)),
          }
        : undefined;
    case "logo":
      return asksAll
        ? {
            kind: "text",
            flag: "--logo",
            message: "Logo, a square SVG or PNG file (empty: a placeholder is drawn)",
            optional: true,
            validate: (answer) => emptyOr(answer, (path) => readLogo(path, cwd)),
          }
        : undefined;
  }
}

/**
 * Asks for payload files, until there are no more.
 * @param known Those that were named before: all together have to be readable, and of different names.
 */
export function payloadQuestion(known: readonly string[], cwd: string): Question {
  const message =
    known.length === 0
      ? "Captured payloads, such as captures/*.json (empty: a sample is used)"
      : `More payloads, besides the ${known.length === 1 ? "one" : known.length} (empty: no more)`;
  return {
    kind: "text",
    flag: "--payload",
    message,
    optional: true,
    validate: (answer) =>
      emptyOr(answer, async (words) =>
        readPayloads([...known, ...(await payloadFiles(words, cwd))], cwd),
      ),
  };
}

/**
 * The files that an answer means: one path, or several words as a shell reads them, with patterns.
 * @throws UserError `not-found` when a pattern fits no file, `usage` when a quotation mark is left open.
 */
export async function payloadFiles(answer: string, cwd: string): Promise<string[]> {
  const text = answer.trim();
  if (text === "" || isFile(resolve(cwd, text))) return text === "" ? [] : [text];
  const files: string[] = [];
  for (const word of wordsOf(text)) {
    const isPath = !/[*?[{]/.test(word) || isFile(resolve(cwd, word));
    const found = isPath ? [word] : await matchingFiles(word, cwd);
    if (found.length === 0) {
      throw new UserError(`No file fits ${word}.`, {
        code: "not-found",
        hint: "Name files, or give a pattern such as captures/*.json.",
      });
    }
    files.push(...found);
  }
  return [...new Set(files)];
}

function wordsOf(text: string): string[] {
  try {
    return split(text);
  } catch {
    throw new UserError("A quotation mark is not closed.", {
      code: "usage",
      hint: "Close it, or put a backslash before it.",
    });
  }
}

async function emptyOr(
  answer: string,
  read: (path: string) => Promise<unknown>,
): Promise<true | string> {
  return answer.trim() === "" ? true : complaint(() => read(answer.trim()));
}

/** What is wrong with an answer, for the prompt to show, or true. */
export async function complaint(check: () => unknown): Promise<true | string> {
  try {
    await check();
    return true;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return error.hint === undefined ? error.message : `${error.message} ${error.hint}`;
  }
}
