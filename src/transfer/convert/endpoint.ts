/** How a view takes its parameters: `typed_endpoint`, or `has_request_variables` and `REQ` in trees from before it. */
import { editImports } from "../../python/import-edit.ts";
import { findNodes, type SyntaxNode } from "../../python/source.ts";
import type { ImportedName, Parameter } from "../../python/syntax.ts";
import type { Destination } from "./python.ts";
import type { TravellingSource } from "./source.ts";

const TYPED = "typed_endpoint";
const REQUESTED = "has_request_variables";
const PAYLOAD = /^JsonBodyPayload\[WildValue\]$/;

/** Writes endpoints the way the target's views do, where the target knows only one way. */
export async function convertEndpoint(
  source: TravellingSource,
  { names, checkout }: Destination,
): Promise<void> {
  const hasTyped = await names.offers("zerver.lib.typed_endpoint", TYPED);
  const hasRequested = await names.offers("zerver.lib.request", REQUESTED);
  const used = (decorator: string): boolean =>
    source.module.functions.some((one) => one.decorators.some(({ name }) => name === decorator));
  if (used(TYPED) && !hasTyped && hasRequested) toRequested(source);
  else if (used(REQUESTED) && !hasRequested && hasTyped) toTyped(source);
  else return;
  source.apply();
  followImports(source, checkout.dialect.registry.lineLength);
}

/** Where the words of both ways come from. */
const HOMES: Readonly<Record<string, string>> = {
  REQ: "zerver.lib.request",
  [REQUESTED]: "zerver.lib.request",
  [TYPED]: "zerver.lib.typed_endpoint",
  JsonBodyPayload: "zerver.lib.typed_endpoint",
  to_wild_value: "zerver.lib.validator",
};

/** Imports the words that are used now, and no others. */
function followImports(source: TravellingSource, lineLength: number): void {
  const used = new Set(source.variables().map((node) => source.slice(node)));
  const known = new Set(source.module.imports.map(({ alias }) => alias));
  const added = Object.entries(HOMES)
    .filter(([name]) => used.has(name) && !known.has(name))
    .map(([name, module]) => ({ module, name, alias: name }));
  const change = (imported: ImportedName): ImportedName | undefined =>
    HOMES[imported.alias] === imported.module && !used.has(imported.alias) ? undefined : imported;
  source.edit(...editImports(source.module, change, added, lineLength));
}

interface Found {
  parameter: Parameter;
  /** Range from the name to the end of the default. */
  from: number;
  to: number;
}

/** The parameters after `request` and `user_profile` of the functions with a decorator, and the decorators themselves. */
function endpointsOf(
  source: TravellingSource,
  decoratorName: string,
): { decorator: { from: number; to: number }; list: SyntaxNode; parameters: Found[] }[] {
  return source.module.functions.flatMap((one) => {
    const found = one.decorators.find(({ name }) => name === decoratorName);
    const list = one.node.getChild("ParamList");
    if (!found || !list) return [];
    const parameters = one.parameters.slice(2).flatMap((parameter) => {
      const name = findNodes(list, "VariableName").find(
        (node) => source.slice(node) === parameter.name && node.parent?.name === "ParamList",
      );
      return name ? [{ parameter, from: name.from, to: endOf(name) }] : [];
    });
    // Its node ends with the line.
    const decorator = { from: found.from, to: found.from + 1 + found.name.length };
    return [{ decorator, list, parameters }];
  });
}

function endOf(name: SyntaxNode): number {
  let last = name;
  for (let next = name.nextSibling; next && ![",", ")", "Comment"].includes(next.name); ) {
    last = next;
    next = next.nextSibling;
  }
  return last.to;
}

function toRequested(source: TravellingSource): void {
  for (const { decorator, list, parameters } of endpointsOf(source, TYPED)) {
    source.replace(decorator, `@${REQUESTED}`);
    const star = list.getChild("*");
    const comma = star?.nextSibling;
    if (star && comma?.name === ",") {
      const to = comma.nextSibling?.from ?? comma.to;
      source.replace({ from: star.from, to }, "");
    }
    for (const { parameter, from, to } of parameters) {
      const type = parameter.annotation ?? "";
      const fallback = parameter.default && source.slice(parameter.default);
      if (PAYLOAD.test(type)) {
        const request = 'REQ(argument_type="body", converter=to_wild_value)';
        source.replace({ from, to }, `${parameter.name}: WildValue = ${request}`);
      } else if (/^(str|str \| None|Optional\[str\])$/.test(type)) {
        const request = fallback === undefined ? "REQ()" : `REQ(default=${fallback})`;
        source.replace({ from, to }, `${parameter.name}: ${type} = ${request}`);
      } else {
        source.note(from, `the parameter ${parameter.name}: ${type} has to be written with REQ`);
      }
    }
  }
}

function toTyped(source: TravellingSource): void {
  for (const { decorator, parameters } of endpointsOf(source, REQUESTED)) {
    source.replace(decorator, `@${TYPED}`);
    const [first] = parameters;
    if (first) source.edit({ from: first.from, to: first.from, insert: "*, " });
    for (const { parameter, from, to } of parameters) {
      const request = parameter.default && source.slice(parameter.default);
      const type = parameter.annotation ?? "str";
      const fallback = /^REQ\(default=([^,()]+)\)$/.exec(request ?? "")?.[1];
      if (request && /^REQ\(.*argument_type=["']body["']/s.test(request) && type === "WildValue") {
        source.replace({ from, to }, `${parameter.name}: JsonBodyPayload[WildValue]`);
      } else if (request === "REQ()" && type === "str") {
        source.replace({ from, to }, `${parameter.name}: str`);
      } else if (fallback !== undefined && /^(str|str \| None|Optional\[str\])$/.test(type)) {
        source.replace({ from, to }, `${parameter.name}: ${type} = ${fallback}`);
      } else {
        const message = `the parameter ${parameter.name} has to be written without REQ`;
        source.note(from, message);
      }
    }
  }
}
