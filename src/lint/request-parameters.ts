/** The parameters that a view cannot do without, as far as its own source states them. */
import { stringValue } from "../python/expression.ts";
import { callsIn } from "../python/module.ts";
import { parseModule } from "../python/parse-module.ts";
import type {
  CallExpression,
  FunctionDefinition,
  Parameter,
  PythonModule,
} from "../python/syntax.ts";
import { isWebhookDecorator } from "./client-name.ts";

/** A parameter of the URL or of a form. */
export interface RequestParameter {
  /** What the request calls it. */
  readonly name: string;
  /** Other names under which it may come. */
  readonly aliases: readonly string[];
}

/**
 * The parameters without which a view answers 400. Follows `parse_single_parameter` of `zerver/lib/typed_endpoint.py`,
 * and `REQ` of `zerver/lib/request.py` in trees from before it.
 * @returns Empty where another decorator may provide them.
 */
export function demandedParameters(
  view: PythonModule,
  endpoint: FunctionDefinition,
): RequestParameter[] {
  const names = endpoint.decorators
    .map(({ name }) => name)
    .filter((name) => !isWebhookDecorator(name));
  const [style] = names;
  if (names.length !== 1) return [];
  if (style === "typed_endpoint") {
    return endpoint.parameters.flatMap((one) => typedParameter(view, one) ?? []);
  }
  if (style !== "has_request_variables") return [];
  return endpoint.parameters.flatMap((one) => requestedParameter(one) ?? []);
}

function typedParameter(
  view: PythonModule,
  { name, kind, keywordOnly, annotation = "", default: fallback }: Parameter,
): RequestParameter | undefined {
  if (!keywordOnly || kind !== "normal" || fallback !== undefined) return undefined;
  const type = parseModule(annotation);
  if (hidesItsSource(view, type)) return undefined;
  const config = callsIn(type.text, type.root).find(({ callee }) => callee === "ApiParamConfig");
  if (!config) return { name, aliases: [] };
  return configured(name, config, ["argument_type_is_body", "path_only"]);
}

/** Whether a type's name may stand for one that says where the value comes from, as `JsonBodyPayload` does. */
function hidesItsSource({ imports, assignments }: PythonModule, type: PythonModule): boolean {
  const words = new Set(type.text.match(/[A-Za-z_]\w*/g));
  return (
    assignments.some(({ target }) => words.has(target)) ||
    imports.some(
      ({ module, alias }) =>
        /^zerver\.(lib\.typed_endpoint$|webhooks\.)/.test(module) &&
        alias !== "ApiParamConfig" &&
        words.has(alias),
    )
  );
}

function requestedParameter({ name, default: request }: Parameter): RequestParameter | undefined {
  if (request?.kind !== "call" || request.callee !== "REQ") return undefined;
  return configured(name, request, ["default", "argument_type", "path_only"]);
}

/** @param freeing Arguments with which the request needs no such parameter. */
function configured(
  name: string,
  { args }: CallExpression,
  freeing: readonly string[],
): RequestParameter | undefined {
  if (args.some((one) => one.stars > 0 || freeing.includes(one.name ?? ""))) return undefined;
  const whence = args.find((one) => one.name === "whence" || one.name === undefined)?.value;
  const stated = stringValue(whence);
  if (whence && stated === undefined) return undefined;
  const aliases = args.find((one) => one.name === "aliases")?.value;
  const others = aliases?.kind === "tuple" || aliases?.kind === "list" ? aliases.elements : [];
  return {
    name: stated ?? name,
    aliases: others.flatMap(({ value }) => stringValue(value) ?? []),
  };
}
