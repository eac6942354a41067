/** View files and the modules beside them. */
import { callsIn } from "../../python/module.ts";
import type { FunctionDefinition, PythonModule } from "../../python/syntax.ts";
import { convertEndpoint } from "./endpoint.ts";
import { convertPython, type Destination } from "./python.ts";
import type { TravellingSource } from "./source.ts";

/** Converts a view, or another module of an integration that is no test. */
export async function convertView(source: TravellingSource, to: Destination): Promise<void> {
  renameTopic(source, to);
  source.apply();
  await convertEndpoint(source, to);
  source.apply();
  await convertPython(source, to);
}

/** Calls the topic what the target's views call it, where that name is free. */
function renameTopic(source: TravellingSource, { checkout }: Destination): void {
  const now = checkout.dialect.view.topicVariable;
  const before = now === "topic" ? "topic_name" : "topic";
  const variables = source.variables();
  const texts = variables.map((node) => source.slice(node));
  if (!texts.includes(before) || texts.includes(now) || isParameter(source.module, before)) return;
  for (const node of variables) if (source.slice(node) === before) source.replace(node, now);
  renameLocalArguments(source, before, now);
}

/** Parameters of an endpoint are parts of its URL, and keep their names. */
function isParameter({ functions }: PythonModule, name: string): boolean {
  return functions.some(
    ({ decorators, parameters }) =>
      decorators.length > 0 && parameters.some((parameter) => parameter.name === name),
  );
}

/** Follows a renamed parameter of a function of the file to its calls. */
function renameLocalArguments(source: TravellingSource, before: string, now: string): void {
  const taking = new Set(
    source.module.functions
      .filter((one: FunctionDefinition) => one.parameters.some(({ name }) => name === before))
      .map(({ name }) => name),
  );
  for (const call of callsIn(source.text, source.module.root)) {
    if (!taking.has(call.callee)) continue;
    for (const { name, from } of call.args) {
      if (name === before) source.replace({ from, to: from + before.length }, now);
    }
  }
}
