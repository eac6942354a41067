/** The page of a command in docs/commands/, made from its spec. */
import {
  type CommandSpec,
  flagOf,
  type OptionSpec,
  optionText,
} from "../../src/commands/define.ts";

const cell = (text: string): string => text.replaceAll("|", "\\|");

function optionRow(key: string, option: OptionSpec): string {
  const short = option.short ? `\`-${option.short}\`, ` : "";
  const word = `${option.value}${option.many ? "..." : ""}`;
  const value = option.value ? (option.valueOptional ? ` [${word}]` : ` <${word}>`) : "";
  return `| ${short}\`${flagOf(key)}${value}\` | ${cell(optionText(option))} |`;
}

function table(head: string, rows: string[]): string[] {
  return rows.length === 0 ? [] : [`| ${head} | |`, "|---|---|", ...rows, ""];
}

/** @returns The page's Markdown. */
// biome-ignore lint/suspicious/noExplicitAny: a page treats the options of every command alike
export function commandPage(spec: CommandSpec<any>): string {
  const words = spec.args.map(({ name, many, required }) => {
    const word = many ? `${name}...` : name;
    return required ? `<${word}>` : `[${word}]`;
  });
  const options = Object.entries(spec.options as Record<string, OptionSpec>);
  return [
    "<!-- Made from the code by `npm run docs`. -->",
    "",
    `# ${spec.name}`,
    "",
    `\`connect-webhook ${[spec.name, ...words].join(" ")}\`: ${spec.summary}.`,
    "",
    spec.description.trim(),
    "",
    ...table(
      "argument",
      spec.args.map((arg) => `| \`${arg.name}\` | ${cell(arg.description)} |`),
    ),
    ...table(
      "option",
      options.map(([key, option]) => optionRow(key, option)),
    ),
    "The [global options](README.md#global-options) apply too.",
    "",
    "## Examples",
    "",
    ...spec.examples.flatMap(({ line, does }) => [
      does,
      "",
      "```console",
      `$ connect-webhook ${line}`,
      "```",
      "",
    ]),
  ]
    .join("\n")
    .trimEnd()
    .concat("\n");
}

type Summaries = readonly { readonly name: string; readonly summary: string }[];

/** A line for each command. @param folder That of the commands' pages, as the page with the table links to it. */
function commandTable(commands: Summaries, folder: string): string[] {
  const rows = commands.map(
    ({ name, summary }) => `| [\`${name}\`](${folder}${name}.md) | ${cell(summary)} |`,
  );
  return ["| command | what it does |", "|---|---|", ...rows, ""];
}

const BEGINNING = "<!-- Made from the code by `npm run docs`: -->\n";
const END = "<!-- Up to here. -->\n";

/** The README with its table of commands as it should be, whatever it is. */
export function withCommandTable(readme: string, commands: Summaries): string {
  const [from, to] = [readme.indexOf(BEGINNING) + BEGINNING.length, readme.indexOf(END)];
  return `${readme.slice(0, from)}\n${commandTable(commands, "docs/commands/").join("\n")}\n${readme.slice(to)}`;
}

/** The overview of the commands. */
export function commandIndex(commands: Summaries, globals: Record<string, OptionSpec>): string {
  return [
    "<!-- Made from the code by `npm run docs`. -->",
    "",
    "# Commands",
    "",
    ...commandTable(commands, ""),
    "## Global options",
    "",
    ...table(
      "option",
      Object.entries(globals).map(([key, option]) => optionRow(key, option)),
    ),
    "## Exit codes",
    "",
    "| code | meaning |",
    "|---|---|",
    "| 0 | everything is fine |",
    "| 1 | the command worked and found problems: failed tests, lint errors, images that are missing |",
    "| 2 | the input or the tree is wrong; the message says what, and what to do |",
    "| 3 | the machine lacks something, such as a browser or disk space |",
    "| 70 | a bug of connect-webhook |",
    "| 130 | cancelled |",
    "",
    'Results go to stdout, everything else to stderr. With `--json` stdout holds one object with `"version": 1`;',
    'an error is `{"version": 1, "error": {"code", "message", "hint"}}`.',
    "",
  ].join("\n");
}
