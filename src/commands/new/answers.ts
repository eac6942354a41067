/** What `new` needs to know: from the command line, and asked for where somebody can answer. */
import type { Checkout } from "../../checkout/model.ts";
import { CancelledError } from "../../errors.ts";
import { brokenPayloads, placeholderIn, sortPayloads } from "../../payload/index.ts";
import {
  checkNewName,
  type DraftChoices,
  defaultDisplayName,
  type NewOptions,
} from "../../scaffold/index.ts";
import type { Question } from "../../ui/prompts.ts";
import { printableLine } from "../../ui/steering.ts";
import type { Context } from "../define.ts";
import { keptCommand } from "../kept-command.ts";
import { sayLeftOut } from "../publishable.ts";
import { formFields, headerValues } from "./header-values.ts";
import { ORDER, payloadFiles, payloadQuestion, questionFor, type World } from "./questions.ts";

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
  show: string[];
  hide: string[];
  headline: string[];
  topic: string[];
  auth: "api-key" | "basic";
  logo: string | undefined;
  redact: boolean;
  noScreenshot: boolean;
}

/** What is known so far, which outlives what goes wrong later. */
export class Answers {
  readonly #known: GivenAnswers;
  readonly #context: Context;
  #wasAsked = false;

  constructor(given: GivenAnswers, context: Context) {
    this.#known = { ...given };
    this.#context = context;
  }

  /**
   * Completes what the command line said.
   * @throws UserError `missing-answers` with every open flag where nobody can answer; or what is wrong with an answer.
   */
  async complete(checkout: Checkout): Promise<NewOptions> {
    const known = this.#known;
    const { prompts, yes, cwd } = this.#context;
    if (known.name !== undefined) checkNewName(checkout, known.name);
    // What cannot be read is said before somebody answers questions.
    known.payload = await usablePayloads(known.payload, this.#context);
    // With --yes nobody wants to confirm defaults.
    const asksAll = prompts.interactive && !yes;
    if (asksAll && known.payload.length === 0) await this.#askPayloads();
    await this.#askRest({ checkout, cwd, asksAll });
    return optionsOf(known, checkout, cwd);
  }

  /**
   * The command line that goes on from here without asking again; none where nothing was asked.
   * @param dryRun Whether it is to show what it would write, and write nothing.
   */
  commandLine(dryRun: boolean): string | undefined {
    if (!this.#wasAsked) return undefined;
    const { folder } = this.#context;
    const { name, ...rest } = this.#known;
    return keptCommand("new", name, [
      ["--checkout", folder],
      ["--display-name", rest.displayName],
      ["--category", rest.category],
      ["--stream", rest.stream],
      ["--payload", rest.payload],
      ["--event-header", rest.eventHeader],
      ["--event-name", rest.eventName],
      ["--event-key", rest.eventKey],
      ["--show", rest.show],
      ["--hide", rest.hide],
      ["--headline", rest.headline],
      ["--topic", rest.topic],
      ["--docs-url", rest.docsUrl],
      ["--logo", rest.logo],
      ["--auth", rest.auth === "api-key" ? undefined : rest.auth],
      ["--redact", rest.redact],
      ["--no-screenshot", rest.noScreenshot],
      ["--dry-run", dryRun],
    ]);
  }

  /** Data of the payloads is replaced from now on, which the command line or an answer said. */
  keepRedaction(): void {
    this.#known.redact = true;
  }

  /** What the messages are to tell. */
  get choices(): DraftChoices {
    const { show, hide, headline, topic } = this.#known;
    return { show, hide, headline, topic };
  }

  set choices({ show, hide, headline, topic }: DraftChoices) {
    const all = { show: [...show], hide: [...hide], headline: [...headline], topic: [...topic] };
    Object.assign(this.#known, all);
    this.#wasAsked = true;
  }

  /** Once they are written: what fails after that has another way on. */
  forget(): void {
    this.#wasAsked = false;
  }

  async #askPayloads(): Promise<void> {
    const { cwd } = this.#context;
    for (;;) {
      const answer = await this.#ask(payloadQuestion(this.#known.payload, cwd));
      const files = await payloadFiles(String(answer), cwd);
      if (files.length === 0) return;
      this.#known.payload = [...this.#known.payload, ...files];
    }
  }

  async #askRest(world: World): Promise<void> {
    const known = this.#known;
    const { prompts } = this.#context;
    if (!prompts.interactive) {
      const open = ORDER.map((key) => [key, questionFor(key, known, world)] as const);
      const questions = open.filter((one): one is [(typeof ORDER)[number], Question] => !!one[1]);
      await prompts.ask(Object.fromEntries(questions));
    }
    for (const key of ORDER) {
      const question = questionFor(key, known, world);
      if (!question) continue;
      if (question.kind === "many") question.onChosen = (chosen) => this.#keep(chosen);
      const answer = await this.#ask(question);
      if (key === "category") known.category = [answer].flat();
      else known[key] = String(answer).trim() || undefined;
    }
  }

  /** Ctrl-C at a further choice leaves those that were made. */
  #keep(categories: readonly string[]): void {
    this.#known.category = [...categories];
    this.#wasAsked = true;
  }

  async #ask(question: Question): Promise<string | string[]> {
    const { answer } = await this.#context.prompts.ask({ answer: question });
    this.#wasAsked = true;
    return answer;
  }
}

/**
 * The payload files that can be read. Somebody who is there is asked whether the others will do; where nobody is, a view
 * that lacks events is not what was asked for.
 */
async function usablePayloads(paths: string[], context: Context): Promise<string[]> {
  const { cwd, out, prompts, yes } = context;
  const { payloads, broken } = await sortPayloads(paths, cwd);
  sayLeftOut(payloads, context);
  for (const { source, value } of payloads) {
    const example = placeholderIn(value);
    if (example === undefined) continue;
    const file = printableLine(source);
    out.warn(
      `${file} describes a request and is none: it holds ${example} in the place of values.`,
    );
    out.say("  The draft is only as good as the payload: give a body that the service has sent.");
  }
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

async function optionsOf(
  known: GivenAnswers,
  checkout: Checkout,
  cwd: string,
): Promise<NewOptions> {
  const { name = "", payload: payloads, eventHeader: header, eventName: eventNames } = known;
  const { logo, eventKey, auth, docsUrl } = known;
  return {
    name,
    displayName: known.displayName ?? defaultDisplayName(name),
    categories: known.category,
    streamName: known.stream ?? name,
    payloads,
    logo,
    eventHeader: header,
    eventKey,
    headerValue: await headerValues(checkout, { name, header, payloads, eventNames }),
    formFieldOf: await formFields(checkout, name),
    auth,
    docsUrl,
    cwd,
  };
}
