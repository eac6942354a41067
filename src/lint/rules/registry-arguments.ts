/** An entry that its class cannot be made from stops the server, and every test of the tree. */
import { toCalls } from "../../python/expression.ts";
import { parseModule } from "../../python/parse-module.ts";
import { findNodes, positionOf } from "../../python/source.ts";
import type { Parameter, PythonModule } from "../../python/syntax.ts";
import { misfit } from "../library.ts";
import type { Finding, Rule } from "../rule.ts";
import type { LintTarget } from "../target.ts";

export const registryArguments: Rule = {
  id: "registry-arguments",
  part: "registry",
  severity: "error",
  summary: "The arguments of the entry and of its pictures match their classes.",
  why: "The parameters of these classes differ between versions. A mismatched entry fails when the registry is loaded, and takes the whole server down with it.",
  howToFix: "Pass the parameters of the class in this registry.",
  needsEntry: true,
  check(target) {
    const { integration, checkout, registered } = target;
    if (!registered) return [];
    const source = checkout.registrySource;
    const ranges = [integration.range, ...integration.screenshots.map(({ range }) => range)];
    const findings = new Map<number, Finding>();
    for (const { from, to } of ranges) {
      const text = source.slice(from, to);
      const piece = parseModule(text);
      const [call] = toCalls(text, findNodes(piece.root, "CallExpression").slice(0, 1));
      const parameters = call && parametersOf(target, call.callee);
      if (!call || !parameters) continue;
      const names = call.args.flatMap(({ name }) => name ?? []);
      const twice = names.find((name, index) => names.indexOf(name) !== index);
      const what =
        twice === undefined
          ? misfit(call, { name: call.callee, parameters, provides: false })
          : `\`${twice}\` is given twice`;
      if (what === undefined) continue;
      findings.set(from, {
        path: checkout.registryPath,
        ...positionOf(source, from),
        message: `The entry cannot be made: ${what}.`,
        fix: `Give what \`${call.callee}\` takes.`,
      });
    }
    return [...findings.values(), ...unreadOptions(target)];
  },
};

/** Options of the URL that the entry offers, and that the view has no parameter for. */
function unreadOptions({ integration, checkout, files, session }: LintTarget): Finding[] {
  const { from, to } = integration.range;
  const entry = checkout.registrySource.slice(from, to);
  if (!entry.includes("WebhookUrlOption(")) return [];
  const views = files.viewFiles.map((path) => session.text(path) ?? "").join("\n");
  if (views === "") return [];
  return [...entry.matchAll(/\bWebhookUrlOption\(\s*(?:name=)?"(\w+)"/g)].flatMap(
    ({ 1: name = "", index }): Finding[] => {
      if (new RegExp(`\\b${name}\\b`).test(views)) return [];
      const message = `The entry offers the URL option "${name}", which the view does not read.`;
      const place = {
        path: checkout.registryPath,
        ...positionOf(checkout.registrySource, from + index),
      };
      return [
        { ...place, message, fix: "Add the parameter to the view, or leave the option out." },
      ];
    },
  );
}

/** The parameters of a class of the registry, of its `__init__` or as a data class; undefined when they are not known. */
function parametersOf(
  { session, checkout: { registrySource: source } }: LintTarget,
  name: string,
): readonly Parameter[] | undefined {
  return session.once(`registry class:${name}`, () => {
    const classes = parseModule(classesIn(source));
    const isWhole = classes.problems.length === 0;
    return (isWhole ? read(classes, name, 0) : undefined) ?? read(parseModule(source), name, 0);
  });
}

/** The classes of a registry: its entries, which are most of it, take long to parse. What is cut off has a problem. */
const classesIn = (source: string): string =>
  (source.match(/^(?:@.*\n){0,9}class \w.*\n(?:(?:[ \t].*|#.*)?\r?\n)*/gm) ?? []).join("");

/** Classes that derive from each other, one after the other. */
const MAX_BASES = 5;

function read(registry: PythonModule, name: string, depth: number): Parameter[] | undefined {
  const definition = registry.classes.find((one) => one.name === name);
  if (!definition || depth > MAX_BASES) return undefined;
  const init = definition.methods.find((one) => one.name === "__init__");
  if (init) return init.parameters.slice(1);
  const [base, ...others] = definition.bases;
  if (others.length > 0) return undefined;
  const isData = definition.decorators.some((one) => /(^|\.)dataclass$/.test(one.name));
  const inherited = base === undefined ? [] : read(registry, base, depth + 1);
  if (!isData) return base === undefined ? undefined : inherited;
  if (!inherited) return undefined;
  const own = definition.attributes.flatMap(
    ({ target: attribute, annotation, value }): Parameter[] => {
      if (annotation === undefined || /\b(ClassVar|InitVar)\b/.test(annotation)) return [];
      return [{ name: attribute, kind: "normal", keywordOnly: false, annotation, default: value }];
    },
  );
  const before = inherited.filter((one) => !own.some((later) => later.name === one.name));
  return [...before, ...own];
}
