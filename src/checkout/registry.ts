/** Reading a tree's registry: which class, which list and which screenshot config it uses, and where they stand. */
import { UserError } from "../errors.ts";
import { stringValue } from "../python/expression.ts";
import { parseModule } from "../python/parse-module.ts";
import { positionOf } from "../python/source.ts";
import type {
  Assignment,
  CallExpression,
  DictExpression,
  Expression,
  Parameter,
  PythonModule,
  SequenceExpression,
} from "../python/syntax.ts";
import { ClassTable } from "./classes.ts";
import { registryPath } from "./find.ts";
import { syntaxErrorOf } from "./syntax-error.ts";

/** A registry that was understood. All ranges point into `module.text`. */
export interface Registry {
  readonly module: PythonModule;
  readonly classes: ClassTable;
  /** Module-level values by name; the last assignment counts. */
  readonly values: ReadonlyMap<string, Expression>;
  readonly webhookClass: string;
  readonly webhookList: string;
  readonly list: SequenceExpression;
  /** Entries of the webhook list, in order. */
  readonly entries: readonly CallExpression[];
  /** The webhook class's parameters, in order. */
  readonly parameters: readonly Parameter[];
  readonly screenshots: ScreenshotConfigStyle;
}

/** Where documentation pictures are configured. */
export type ScreenshotConfigStyle =
  | {
      readonly style: "dict";
      readonly variable: string;
      readonly dict: DictExpression;
      readonly className: string;
    }
  | { readonly style: "inline"; readonly parameter: string; readonly className: string }
  | { readonly style: "none" };

/**
 * An error about a registry that is not written as expected.
 * @param text The registry's source.
 * @param offset Where the trouble is.
 * @param message What is wrong, as the end of a sentence.
 * @param hint What to do.
 */
export function registryError(
  text: string,
  offset: number,
  message: string,
  hint: string,
): UserError {
  const { line, column } = positionOf(text, offset);
  return new UserError(`${registryPath}, line ${line}: ${message}.`, {
    code: "registry-not-understood",
    place: { path: registryPath, line, column },
    hint,
  });
}

/** A command looks at the same registry several times. */
let latest: { text: string; registry: Registry } | undefined;

/**
 * Reads the source of `zerver/lib/integrations.py`.
 * @throws UserError `registry-not-understood`, with the line.
 */
export function readRegistry(text: string): Registry {
  if (latest?.text !== text) latest = { text, registry: parseRegistry(text) };
  return latest.registry;
}

function parseRegistry(text: string): Registry {
  const module = parseModule(text);
  const problem = syntaxErrorOf(module);
  if (problem) {
    throw registryError(text, problem.offset, problem.message, "Correct the file's Python first.");
  }
  const classes = new ClassTable(module);
  const values = valuesOf(module.assignments);
  const webhookClass = webhookClassOf(text, classes);
  const [webhookList, list] = webhookListOf(text, values, classes, webhookClass);
  const parameters = classes.parameters(webhookClass);
  return {
    module,
    classes,
    values,
    webhookClass,
    webhookList,
    list,
    entries: entriesOf(text, list, classes, webhookClass),
    parameters,
    screenshots: screenshotStyleOf(classes, values, parameters),
  };
}

function valuesOf(assignments: readonly Assignment[]): Map<string, Expression> {
  const values = new Map<string, Expression>();
  for (const { target, value } of assignments) if (value) values.set(target, value);
  return values;
}

function webhookClassOf(text: string, classes: ClassTable): string {
  const names = classes.names();
  const own = names.find((name) => classes.hasAttribute(name, "DEFAULT_FUNCTION_PATH"));
  const takesFunction = (name: string): boolean => {
    const parameters = classes.parameters(name).map((parameter) => parameter.name);
    return parameters.includes("function") && parameters.includes("url");
  };
  const found = own ?? names.find(takesFunction);
  if (found !== undefined) return found;
  throw registryError(
    text,
    0,
    "no class for webhook integrations was found",
    "The tool looks for a class with DEFAULT_FUNCTION_PATH, such as WebhookIntegration.",
  );
}

function webhookListOf(
  text: string,
  values: ReadonlyMap<string, Expression>,
  classes: ClassTable,
  webhookClass: string,
): [string, SequenceExpression] {
  const lists = [...values].filter(
    (pair): pair is [string, SequenceExpression] =>
      (pair[1].kind === "list" || pair[1].kind === "tuple") &&
      (pair[1].elements.some((element) => isEntry(element.value, classes, webhookClass)) ||
        /(^|_)WEBHOOK_INTEGRATIONS$/.test(pair[0])),
  );
  const [largest] = lists.sort((a, b) => b[1].elements.length - a[1].elements.length);
  if (largest) return largest;
  throw registryError(
    text,
    0,
    `no list of ${webhookClass}(...) entries was found`,
    "The tool looks for a module-level list such as WEBHOOK_INTEGRATIONS.",
  );
}

/** Trees from before mid-2019 have entries of a subclass among the others. */
function isEntry(
  value: Expression,
  classes: ClassTable,
  webhookClass: string,
): value is CallExpression {
  return value.kind === "call" && classes.isA(value.callee, webhookClass);
}

function entriesOf(
  text: string,
  list: SequenceExpression,
  classes: ClassTable,
  webhookClass: string,
): CallExpression[] {
  return list.elements.map((element) => {
    if (!element.unpacked && isEntry(element.value, classes, webhookClass)) return element.value;
    throw registryError(
      text,
      element.from,
      `this entry is not a plain ${webhookClass}(...) call`,
      "Write every entry of the list as such a call.",
    );
  });
}

function screenshotStyleOf(
  classes: ClassTable,
  values: ReadonlyMap<string, Expression>,
  parameters: readonly Parameter[],
): ScreenshotConfigStyle {
  const configs = classes.names().filter((name) => takesFixture(classes, name));
  // The most derived one is the webhooks' own.
  const className = configs.find(
    (name) => !configs.some((sub) => sub !== name && classes.isA(sub, name)),
  );
  if (className === undefined) return { style: "none" };
  for (const [variable, value] of values) {
    if (
      value.kind === "dict" &&
      value.elements.some((entry) => holdsConfigs(entry.value, configs))
    ) {
      return { style: "dict", variable, dict: value, className };
    }
  }
  const emptyDict = values.get("DOC_SCREENSHOT_CONFIG");
  if (emptyDict?.kind === "dict") {
    return { style: "dict", variable: "DOC_SCREENSHOT_CONFIG", dict: emptyDict, className };
  }
  const named = configs.flatMap((config) => {
    const pattern = new RegExp(`\\b${config}\\b`);
    const parameter = parameters.find((one) => pattern.test(one.annotation ?? ""));
    return parameter
      ? [{ style: "inline" as const, parameter: parameter.name, className: config }]
      : [];
  });
  return named[0] ?? { style: "none" };
}

function takesFixture(classes: ClassTable, name: string): boolean {
  const [first] = classes.parameters(name);
  return first?.name === "fixture_name";
}

function holdsConfigs(value: Expression, configs: readonly string[]): boolean {
  if (value.kind !== "list" && value.kind !== "tuple") return false;
  return value.elements.some(
    (element) => element.value.kind === "call" && configs.includes(element.value.callee),
  );
}

/**
 * A string of the registry: a literal, or a module constant that is one.
 * @returns Undefined when the expression is absent or `None`.
 * @throws UserError `registry-not-understood` when it is something else.
 */
export function registryString(
  registry: Registry,
  expression: Expression | undefined,
  what: string,
): string | undefined {
  const value = resolveName(registry, expression);
  if (value === undefined || (value.kind === "constant" && value.value === null)) return undefined;
  const text = stringValue(value);
  if (text !== undefined) return text;
  throw registryError(
    registry.module.text,
    expression?.from ?? 0,
    `${what} is not a plain string`,
    "Write it as a string literal.",
  );
}

/**
 * A string of the registry that becomes part of a path.
 * @throws UserError `registry-not-understood` when it leads out of the folder it is meant for.
 */
export function registryPart(
  registry: Registry,
  expression: Expression | undefined,
  what: string,
): string | undefined {
  const value = registryString(registry, expression, what);
  if (value === undefined || !/^\/|\\|\0|(^|\/)\.\.(\/|$)/.test(value)) return value;
  throw registryError(
    registry.module.text,
    expression?.from ?? 0,
    `${what} leads outside its folder`,
    "Use a path without `..` that does not start with a slash.",
  );
}

/** The value that a module-level name stands for; any other expression as it is. */
export function resolveName(
  registry: Registry,
  expression: Expression | undefined,
): Expression | undefined {
  if (expression?.kind !== "name") return expression;
  return registry.values.get(expression.name) ?? expression;
}

/** Whether an expression is `True`. */
export function isTrue(expression: Expression | undefined): boolean {
  return expression?.kind === "constant" && expression.value === true;
}

/** The strings of a list, set or tuple; unions of named or literal ones included. Anything else adds nothing. */
export function stringsOf(registry: Registry, expression: Expression | undefined): string[] {
  const value = resolveName(registry, expression);
  if (value?.kind === "list" || value?.kind === "set" || value?.kind === "tuple") {
    return value.elements.flatMap((element) =>
      element.unpacked ? stringsOf(registry, element.value) : (stringValue(element.value) ?? []),
    );
  }
  if (value?.kind === "operation" && value.operator === "|") {
    return [...stringsOf(registry, value.left), ...stringsOf(registry, value.right)];
  }
  if (value?.kind === "call" && /^(set|frozenset|list|tuple)$/.test(value.callee)) {
    return stringsOf(registry, value.args[0]?.value);
  }
  return [];
}
