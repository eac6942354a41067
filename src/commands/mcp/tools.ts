/** The tools that `mcp` serves: which commands, with which of their options. All else is the commands' own. */
import type { CommandSpec, OptionSpec } from "../define.ts";
import { optionText } from "../define.ts";
import { commands } from "../index.ts";

/** A command as a tool. */
export interface ToolChoice {
  /** The tool's name. */
  readonly name: string;
  readonly command: string;
  /** Switches of the command that the tool is about. */
  readonly always?: readonly string[];
  /** The options that a call may give, by key. What is not here cannot be given. */
  readonly options: readonly string[];
  /** It writes: the first call plans, the second one applies. */
  readonly writes?: boolean;
  /** It gives pictures, beside the command's JSON. */
  readonly draws?: boolean;
  /** What is said of it besides the command's description; in its place for a part of a command. */
  readonly note?: string;
}

const PLANS =
  "A first call writes nothing: it returns a plan with an ID. Call it again with `plan` alone to write that plan.";

export const TOOLS: readonly ToolChoice[] = [
  { name: "list", command: "list", options: [] },
  { name: "show", command: "show", options: [] },
  { name: "explain", command: "explain", options: [] },
  { name: "preview", command: "preview", options: ["all", "header"] },
  {
    name: "test",
    command: "test",
    options: [
      ...["all", "filter", "changed", "coverage", "coverageMin", "bail", "timeout"],
      ...["fuzz", "fuzzLimit", "fuzzCase", "seed"],
    ],
  },
  { name: "lint", command: "lint", options: ["all", "changed", "rule", "strict"] },
  {
    name: "screenshot",
    command: "screenshot",
    draws: true,
    options: [
      ...["fixture", "botName", "useBasicAuth", "payloadAsQueryParam", "payloadParamName"],
      ...["customHeaders", "theme"],
    ],
    note: "Returns the pictures, and does not change those in the tree.",
  },
  {
    name: "new",
    command: "new",
    writes: true,
    options: [
      ...["displayName", "category", "stream", "payload", "eventHeader", "eventName", "eventKey"],
      ...["redact", "auth", "logo", "noScreenshot"],
    ],
    note: PLANS,
  },
  {
    name: "extend",
    command: "extend",
    writes: true,
    options: ["payload", "eventName", "redact"],
    note: PLANS,
  },
  {
    name: "record",
    command: "test",
    always: ["record"],
    writes: true,
    options: ["filter", "timeout"],
    note: `Writes tests for fixtures that have none, and corrects what failing tests expect to what the view says. ${PLANS}`,
  },
];

/** A value of JSON Schema, as far as tools need it. */
type Schema = Readonly<Record<string, unknown>>;

/** A tool as the protocol describes it. */
export interface Tool {
  readonly name: string;
  readonly description: string;
  readonly inputSchema: { type: "object"; properties: Record<string, Schema>; required?: string[] };
  readonly annotations: { readOnlyHint: boolean; destructiveHint?: boolean };
}

/** A command's literal, by its name. */
export async function specOf(command: string): Promise<CommandSpec> {
  const entry = commands.find(({ name }) => name === command);
  if (entry === undefined) throw new RangeError(`There is no command ${command}.`);
  return entry.load();
}

/** Describes a tool from its command's literal. */
export async function toolOf(choice: ToolChoice): Promise<Tool> {
  const { name, options, writes = false, note, always } = choice;
  const spec = await specOf(choice.command);
  const properties: Record<string, Schema> = {};
  for (const { name: argument, description, many } of spec.args) {
    properties[argument] = many ? listOf(WORD, description) : { ...WORD, description };
  }
  for (const key of options) {
    const option = spec.options[key];
    if (option !== undefined) properties[key] = schemaOf(option);
  }
  if (writes) properties.plan = { type: "string", description: "the id of a plan to write" };
  // With a plan's id nothing else is given, so that nothing can be required of every call.
  const required = writes ? [] : spec.args.filter((arg) => arg.required).map((arg) => arg.name);
  const [about = ""] = always === undefined ? spec.description.split("\n\n") : [];
  return {
    name,
    description: [about, note].filter(Boolean).join(" "),
    inputSchema: {
      type: "object",
      properties,
      ...(required.length > 0 && { required }),
      ...{ additionalProperties: false },
    },
    annotations: { readOnlyHint: !writes, ...(writes && { destructiveHint: false }) },
  };
}

/** Names and values that one call may give of each kind. */
const MOST_VALUES = 100;
/** What stands on a command line without a flag: a dash at its beginning would make it one. */
const WORD: Schema = { type: "string", pattern: "^(?!-)" };

function schemaOf(option: OptionSpec): Schema {
  const description = optionText(option);
  if (option.value === undefined) return { type: "boolean", description };
  const text: Schema = { type: "string", ...(option.choices && { enum: option.choices }) };
  return option.many ? listOf(text, description) : { ...text, description };
}

const listOf = (items: Schema, description: string): Schema => ({
  type: "array",
  items,
  maxItems: MOST_VALUES,
  description,
});
