/**
 * A tree's message templates, compiled. They are a stranger's: the compiler is handed their text only, may call the
 * helpers given here and no others, and looks up own properties only. `checked` refuses what none of them needs.
 */
import Handlebars from "handlebars";
import { messageOf } from "../../../errors.ts";
import { registerHelpers } from "./helpers.ts";
import { ThemeFiles, unreadable } from "./tree.ts";

const FOLDER = "web/templates";
const MAX_TEMPLATES = 60;
/** In one template. Each is held against all others when it is compiled, so that time grows with their square. */
const MAX_BLOCKS = 1_000;
/** Words of JavaScript's object model: no message has a property of such a name. */
const FORBIDDEN = /^(__\w+__|constructor|prototype|valueOf|toString)$/;
/** Elements that could load, run or send something, or turn the page into another one. */
const REFUSED = /<\/?(script|meta|base|link|iframe|frame|object|embed|form|portal)\b/i;

export interface Templates {
  /** The text of all of them. */
  sources: string;
  /** Renders one of them. */
  render(name: string, context: object): string;
  has(name: string): boolean;
}

/**
 * Compiles templates and all that they include.
 * @param needed Names of templates that must be there.
 * @param wished Names of templates that not every tree has.
 * @throws UserError `unreadable-theme` when one is not there, or does what no template of a message needs to do.
 */
export async function readTemplates(
  files: ThemeFiles,
  needed: readonly string[],
  wished: readonly string[],
): Promise<Templates> {
  const environment = Handlebars.create();
  const helpers = registerHelpers(environment);
  const knownHelpers = Object.fromEntries([
    ...["log", "lookup"].map((name) => [name, false]),
    ...helpers.names.map((name) => [name, true]),
  ]) as Record<string, boolean>;
  const options = { knownHelpers, knownHelpersOnly: true, preventIndent: true };
  const there = wished.filter((name) => files.has(fileOf(name)));
  const texts = await readAll(files, [...needed, ...there]);
  const compiled = new Map<string, Handlebars.TemplateDelegate>();
  for (const [name, text] of texts) {
    const template = environment.compile(text, options as CompileOptions);
    compiled.set(name, template);
    environment.registerPartial(name, template);
  }
  return {
    sources: [...texts].flat().join("\n"),
    has: (name) => compiled.has(name),
    render: (name, context) => {
      helpers.restart();
      return rendered(compiled.get(name), name, context);
    },
  };
}

function rendered(
  template: Handlebars.TemplateDelegate | undefined,
  name: string,
  context: object,
): string {
  let html: string;
  try {
    const access = { allowProtoPropertiesByDefault: false, allowProtoMethodsByDefault: false };
    html = template?.(context, access) ?? "";
  } catch (error) {
    throw unreadable(`${fileOf(name)} cannot be rendered (${firstLine(error)})`, error);
  }
  const shown = withoutInert(html);
  const [tag] = REFUSED.exec(shown) ?? [];
  if (tag !== undefined) throw unreadable(`${fileOf(name)} makes a ${tag}> element`);
  return shown;
}

const INERT = /<(\/?)template\b[^<>]*>/gi;

/** HTML without its `<template>` elements: they hold what a script would show later, such as tooltips. */
function withoutInert(html: string): string {
  let shown = "";
  let done = 0;
  let depth = 0;
  for (const { 0: tag, 1: closing, index } of html.matchAll(INERT)) {
    if (depth === 0) shown += html.slice(done, index);
    depth = closing ? Math.max(0, depth - 1) : depth + 1;
    done = index + tag.length;
  }
  return depth === 0 ? shown + html.slice(done) : shown;
}

async function readAll(files: ThemeFiles, names: readonly string[]): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  const queue = [...names];
  for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
    if (texts.has(name)) continue;
    if (texts.size >= MAX_TEMPLATES) throw unreadable("its templates include too many others");
    const text = await files.text(fileOf(name));
    texts.set(name, text);
    for (const included of includedBy(text, fileOf(name))) queue.push(included);
  }
  return texts;
}

function fileOf(name: string): string {
  return ThemeFiles.beside(`${FOLDER}/_`, `${name}.hbs`);
}

/** What opens a block, its other half included. */
const BLOCK = /\{\{~?(?:[#^]|\s*else\b)/g;

/** The templates that a template includes. */
function includedBy(text: string, file: string): string[] {
  const blocks = text.match(BLOCK)?.length ?? 0;
  if (blocks > MAX_BLOCKS) throw unreadable(`${file} has more than ${MAX_BLOCKS} blocks`);
  let program: hbs.AST.Program;
  try {
    program = Handlebars.parse(text);
  } catch (error) {
    throw unreadable(`${file} is no template (${firstLine(error)})`, error);
  }
  const check = new Check(file);
  check.accept(program);
  return [...check.included].filter((name) => !check.inline.has(name));
}

/** Walks over a template, finds what it includes, and refuses what no template of a message needs. */
class Check extends Handlebars.Visitor {
  readonly included = new Set<string>();
  readonly inline = new Set<string>();

  constructor(private readonly file: string) {
    super();
  }

  override PartialStatement(partial: hbs.AST.PartialStatement): void {
    if (partial.name.type !== "PathExpression") throw this.#refusal("chooses what it includes");
    const { original } = partial.name as hbs.AST.PathExpression;
    // What was handed to this template, and stands where it was included.
    if (original !== "@partial-block") this.included.add(original);
    super.PartialStatement(partial);
  }

  override PartialBlockStatement(partial: hbs.AST.PartialBlockStatement): void {
    if (partial.name.type !== "PathExpression") throw this.#refusal("chooses what it includes");
    this.included.add((partial.name as hbs.AST.PathExpression).original);
    super.PartialBlockStatement(partial);
  }

  override PathExpression(path: hbs.AST.PathExpression): void {
    if (path.parts.some((part) => FORBIDDEN.test(part)))
      throw this.#refusal(`uses ${path.original}`);
  }

  override DecoratorBlock(block: hbs.AST.DecoratorBlock): void {
    const [name] = block.params;
    if (block.path.original !== "inline" || name?.type !== "StringLiteral") {
      throw this.#refusal("uses a decorator");
    }
    this.inline.add((name as hbs.AST.StringLiteral).value);
    super.DecoratorBlock(block);
  }

  override Decorator(): void {
    throw this.#refusal("uses a decorator");
  }

  #refusal(what: string) {
    return unreadable(`${this.file} ${what}`);
  }
}

function firstLine(error: unknown): string {
  return (messageOf(error).split("\n")[0] ?? "").trim();
}
