/** Where a view that knows the event of a payload fails at it, as at a field that the payload lacks. */
import type { Delivery } from "../../engine/index.ts";
import { stringValue } from "../../python/expression.ts";
import { positionOf } from "../../python/source.ts";
import type { PythonModule } from "../../python/syntax.ts";
import { functionAround } from "./dispatch-model.ts";
import type { ViewFailure } from "./model.ts";
import { failedStatements, type ViewModule } from "./refusals.ts";

/**
 * Where one of the functions behind the view's own raised for a payload.
 * @param endpoint The view's own function: what raises there may be what decides over the event.
 * @returns Undefined where what was raised may mean that the view does not know the event.
 */
export function failureOf(
  delivery: Delivery,
  modules: readonly ViewModule[],
  endpoint: string,
): ViewFailure | undefined {
  const places = failedStatements(delivery, modules);
  const [innermost] = places;
  const { error } = delivery;
  if (!innermost || !error || innermost.node.name === "RaiseStatement") return undefined;
  const { module, node, path } = innermost;
  const functionName = functionAround(module, node)?.name;
  if (functionName === undefined || functionName === endpoint) return undefined;
  const { from, to } = node;
  if (!isOfField(error, module.text.slice(from, to))) return undefined;
  const field = missingField(error.message);
  const names = places.flatMap((place) => functionAround(place.module, place.node)?.name ?? []);
  const event = modules.flatMap((one) => eventsFor(one.module, names)).at(0);
  return {
    functionName,
    path,
    line: lineIn(error.traceback, path) ?? positionOf(module.text, from).line,
    ...(event !== undefined && { event }),
    ...(field === undefined ? { message: `${error.type}: ${error.message}` } : { field }),
  };
}

/** Whether an error is of what the payload holds, and not of the event in a lookup. */
function isOfField({ type, message }: { type: string; message: string }, source: string): boolean {
  if (type === "KeyError") {
    const key = message.trim().slice(1, -1);
    return source.includes(`"${key}"`) || source.includes(`'${key}'`);
  }
  return type === "ValidationError" || type === "IndexError";
}

/** The way to the field that `WildValue` says to be missing (zerver/lib/validator.py), or that a dictionary lacks. */
function missingField(message: string): string | undefined {
  const end = message.indexOf(" is missing");
  if (end < 0) return /^'([^']*)'$/.exec(message.trim())?.[1];
  const steps = [...message.slice(0, end).matchAll(/\['([^']*)'\]|\[(\d+)\]/g)];
  const keys = steps.flatMap(([, key, index]) => key ?? index ?? []);
  return keys.length > 0 ? keys.join(".") : undefined;
}

/** The line of the innermost frame in a file. */
function lineIn(traceback: string, path: string): number | undefined {
  const frames = [...traceback.matchAll(/^ {2}File "([^"\n]+)", line (\d+)/gm)];
  const line = frames.findLast(([, file]) => file === path)?.[2];
  return line === undefined ? undefined : Number(line);
}

/** The only event for which a table has one of these functions. */
function eventsFor({ assignments }: PythonModule, names: readonly string[]): string[] {
  const elements = assignments.flatMap(({ value }) =>
    value?.kind === "dict" ? value.elements : [],
  );
  const found = elements.filter(({ value }) => value.kind === "name" && names.includes(value.name));
  const keys = found.flatMap(({ key }) => stringValue(key) ?? []);
  return keys.length === 1 ? keys : [];
}
