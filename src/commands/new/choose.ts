/** Changing what drafted messages tell, by the fields of their payloads. */
import { type DraftChoices, type DraftField, fieldNamesIn } from "../../scaffold/index.ts";
import type { Prompts } from "../../ui/prompts.ts";
import { flagOf } from "../define.ts";
import { choiceOptions } from "../draft-choices.ts";
import { complaint } from "./questions.ts";

interface Choice {
  readonly value: string;
  readonly label: string;
  /** What follows from it. */
  readonly apply: (choices: DraftChoices, prompts: Prompts) => DraftChoices | Promise<DraftChoices>;
}

/**
 * Asks what the messages should tell instead.
 * @param fields What they can tell, and whether they do.
 * @param offersTopic Whether the topic can be written.
 * @param known What was chosen before.
 * @returns All that is chosen now; undefined where nothing was.
 * @throws CancelledError when the user leaves with Ctrl-C.
 */
export async function askChoices(
  { fields, offersTopic }: { fields: readonly DraftField[]; offersTopic: boolean },
  known: DraftChoices,
  prompts: Prompts,
): Promise<DraftChoices | undefined> {
  const texts = headlineChoices(fields);
  if (offersTopic) texts.push(topicChoice(fields));
  const choices = [...fieldChoices(fields), ...texts];
  const { chosen } = await prompts.ask({
    chosen: {
      kind: "many",
      flag: `--show, --hide, --headline${offersTopic ? ", --topic" : ""}`,
      message: "What to change (type to filter)",
      optional: true,
      choices: choices.map(({ value, label }) => ({ value, label })),
    },
  });
  if (chosen.length === 0) return undefined;
  let all = known;
  for (const value of chosen) {
    const choice = choices.find((one) => one.value === value);
    if (choice) all = await choice.apply(all, prompts);
  }
  return all;
}

/** To show a field or to leave it out, whichever events have it. */
function fieldChoices(fields: readonly DraftField[]): Choice[] {
  const byName = new Map<string, DraftField[]>();
  for (const field of fields) byName.set(field.name, [...(byName.get(field.name) ?? []), field]);
  const choice = (action: "show" | "hide", name: string, sample = ""): Choice => ({
    value: `${action} ${name}`,
    label: `${action} ${name}: ${sample}`,
    apply: (choices) => withField(choices, action, name),
  });
  const all = [...byName];
  return [
    ...all
      .filter(([, own]) => own.some(({ shown }) => !shown))
      .map(([name, own]) => choice("show", name, own[0]?.sample)),
    ...all
      .filter(([, own]) => own.some(({ shown }) => shown))
      .map(([name, own]) => choice("hide", name, own[0]?.sample)),
  ];
}

/** What is to be shown is no longer left out, and the other way round. */
function withField(choices: DraftChoices, action: "show" | "hide", name: string): DraftChoices {
  const opposite = action === "show" ? "hide" : "show";
  const others = choices[opposite].filter((other) => other !== name);
  if (others.length < choices[opposite].length) return { ...choices, [opposite]: others };
  return { ...choices, [action]: [...choices[action], name] };
}

/** To write the first line of an event's messages. */
function headlineChoices(fields: readonly DraftField[]): Choice[] {
  const events = [...new Set(fields.map(({ event }) => event))];
  return events.map((event): Choice => {
    const own = fields.filter((field) => field.event === event);
    const of = event === undefined ? "" : ` of ${event}`;
    return {
      value: `headline ${event ?? ""}`,
      label: `write the first line${of}`,
      apply: async (choices, prompts) => {
        const text = await askTemplate("headline", `First line${of}`, own, prompts);
        const start = event === undefined ? "" : `${event}=`;
        const others = choices.headline.filter((one) => start === "" || !one.startsWith(start));
        return text === "" ? choices : { ...choices, headline: [...others, `${start}${text}`] };
      },
    };
  });
}

function topicChoice(fields: readonly DraftField[]): Choice {
  return {
    value: "topic",
    label: "write the topic",
    apply: async (choices, prompts) => {
      const text = await askTemplate("topic", "Topic", fields, prompts);
      return text === "" ? choices : { ...choices, topic: [text] };
    },
  };
}

async function askTemplate(
  option: "headline" | "topic",
  message: string,
  fields: readonly DraftField[],
  prompts: Prompts,
): Promise<string> {
  const names = new Set(fields.map(({ name }) => name));
  const example = [...names].find((name) => /(name|title|number)$/.test(name)) ?? [...names][0];
  const { text } = await prompts.ask({
    text: {
      kind: "text",
      flag: flagOf(option),
      message: `${message}, with fields in braces such as {${example ?? "order.number"}} (empty: as it is)`,
      optional: true,
      validate: (answer) => {
        if (answer.trim() === "") return true;
        const unknown = fieldNamesIn(answer).find((name) => !names.has(name));
        if (unknown !== undefined) return `No payload has a value in ${unknown}.`;
        return complaint(() => choiceOptions[option].parse(answer));
      },
    },
  });
  return text.trim();
}
