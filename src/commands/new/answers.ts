/** What `new` needs to know: from the command line, and asked for where somebody can answer. */
import { resolve } from "node:path";
import type { Checkout } from "../../checkout/model.ts";
import { CancelledError, UserError } from "../../errors.ts";
import { brokenPayloads, readPayloads, sortPayloads } from "../../payload/index.ts";
import {
  checkDisplayName,
  checkNewName,
  checkStreamName,
  defaultDisplayName,
  type NewOptions,
  readLogo,
} from "../../scaffold/index.ts";
import type { Question } from "../../ui/prompts.ts";
import type { Context } from "../define.ts";
import { headerValues } from "./header-values.ts";

/** What the command line said. */
export interface GivenAnswers {
  name: string | undefined;
  displayName: string | undefined;
  docsUrl: string | undefined;
  category: string[];
  stream: string | undefined;
  payload: string[];
  eventHeader: string | undefined;
  eventKey: string | undefined;
  eventName: string[];
  auth: "api-key" | "basic";
  logo: string | undefined;
}

/**
 * Completes what the command line said.
 * @throws UserError `missing-answers` with every open flag where nobody can answer; or what is wrong with an answer.
 */
export async function gatherAnswers(
  given: GivenAnswers,
  checkout: Checkout,
  context: Context,
): Promise<NewOptions> {
  if (given.name !== undefined) checkNewName(checkout, given.name);
  // What cannot be read is said before somebody answers questions.
  const payload = await usablePayloads(given.payload, context);
  return gatherRest({ ...given, payload }, checkout, context);
}

/**
 * The payload files that can be read. Somebody who is there is asked whether the others will do; where nobody is, a view
 * that lacks events is not what was asked for.
 */
async function usablePayloads(
  paths: string[],
  { cwd, out, prompts, yes }: Context,
): Promise<string[]> {
  const { payloads, broken } = await sortPayloads(paths, cwd);
  if (broken.length === 0) return paths;
  if (payloads.length === 0 || !prompts.interactive || yes) throw brokenPayloads(broken);
  for (const { error } of broken) {
    out.warn(error.message);
    if (error.hint !== undefined) out.say(`  ${error.hint}`);
  }
  const others = payloads.length === 1 ? "the other payload" : `the ${payloads.length} others`;
  if (!(await prompts.confirm(`Go on with ${others}?`))) throw new CancelledError();
  return payloads.map(({ source }) => source);
}

async function gatherRest(
  given: GivenAnswers,
  checkout: Checkout,
  context: Context,
): Promise<NewOptions> {
  const open = questionsFor(given, checkout, context);
  // The default of later questions is made from the name, so where somebody answers it comes first.
  const { prompts } = context;
  const name =
    given.name ??
    (prompts.interactive && open.name ? text(await prompts.ask({ name: open.name }), "name") : "");
  const rest = questionsFor({ ...given, name: name === "" ? given.name : name }, checkout, context);
  const answers = await prompts.ask(rest);
  const displayName = given.displayName ?? text(answers, "displayName", defaultDisplayName(name));
  const payloads =
    given.payload.length > 0 ? given.payload : optional(text(answers, "payload", ""));
  const { eventHeader, eventKey, eventName: eventNames } = given;
  return {
    name,
    displayName,
    categories: given.category.length > 0 ? given.category : list(answers, "category"),
    streamName: given.stream ?? text(answers, "stream", name),
    payloads,
    logo: given.logo ?? optional(text(answers, "logo", ""))[0],
    eventHeader,
    eventKey,
    headerValue: await headerValues(checkout, { name, header: eventHeader, payloads, eventNames }),
    auth: given.auth,
    docsUrl: given.docsUrl,
    cwd: context.cwd,
  };
}

type Answers = Record<string, string | string[]>;

function text(answers: Answers, key: string, fallback = ""): string {
  const answer = answers[key];
  return typeof answer === "string" && answer !== "" ? answer : fallback;
}

function list(answers: Answers, key: string): string[] {
  const answer = answers[key];
  return Array.isArray(answer) ? answer : [];
}

const optional = (path: string): string[] => (path.trim() === "" ? [] : [path.trim()]);

/** The questions that the command line left open, by key. */
function questionsFor(
  given: GivenAnswers,
  checkout: Checkout,
  context: Context,
): Record<string, Question> {
  const { streamWord } = checkout.dialect.docs;
  const questions: Record<string, Question> = {};
  if (given.name === undefined) {
    questions.name = {
      kind: "text",
      flag: "<name>",
      message: "Name of the integration (a folder, and a part of the URL)",
      validate: (answer) => complaint(() => checkNewName(checkout, answer)),
    };
  }
  // With --yes nobody wants to confirm defaults.
  const asksAll = context.prompts.interactive && !context.yes;
  if (given.displayName === undefined && asksAll) {
    questions.displayName = {
      kind: "text",
      flag: "--display-name",
      message: "Name of the service, as its owner writes it",
      default: defaultDisplayName(given.name ?? ""),
      validate: (answer) => complaint(() => checkDisplayName(answer)),
    };
  }
  if (given.category.length === 0) {
    questions.category = {
      kind: "many",
      flag: "--category",
      message: "Categories",
      choices: checkout.categories
        .filter(({ meta }) => !meta)
        .map(({ key, label }) => ({ value: key, label })),
    };
  }
  if (given.stream === undefined && asksAll) {
    questions.stream = {
      kind: "text",
      flag: "--stream",
      message: `Default ${streamWord}`,
      default: given.name ?? "",
      validate: (answer) => complaint(() => checkStreamName(answer, streamWord)),
    };
  }
  return asksAll ? { ...questions, ...fileQuestions(given, context.cwd) } : questions;
}

function fileQuestions(given: GivenAnswers, cwd: string): Record<string, Question> {
  const questions: Record<string, Question> = {};
  if (given.logo === undefined) {
    questions.logo = {
      kind: "text",
      flag: "--logo",
      message: "Logo, a square SVG or PNG file (empty: a placeholder is drawn)",
      optional: true,
      validate: (answer) => fileComplaint(answer, (path) => readLogo(path, cwd)),
    };
  }
  if (given.payload.length === 0) {
    questions.payload = {
      kind: "text",
      flag: "--payload",
      message: "Captured payload, a JSON file (empty: a sample is used)",
      optional: true,
      validate: (answer) =>
        fileComplaint(answer, (path) => readPayloads([resolve(cwd, path)], cwd)),
    };
  }
  return questions;
}

async function fileComplaint(
  answer: string,
  read: (path: string) => Promise<unknown>,
): Promise<true | string> {
  return answer.trim() === "" ? true : complaint(() => read(answer.trim()));
}

/** What is wrong with an answer, for the prompt to show, or true. */
async function complaint(check: () => unknown): Promise<true | string> {
  try {
    await check();
    return true;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return error.hint === undefined ? error.message : `${error.message} ${error.hint}`;
  }
}
