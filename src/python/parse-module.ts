/** Parsing Python, once for each text: rules, tests and edits look at the same modules, `dev` and `--watch` again and again. */
import { readModule } from "./module.ts";
import type { PythonModule } from "./syntax.ts";

/** Characters of the sources whose modules are kept: the library and the registry of any tree, and some integrations. */
const MAX_LENGTH = 4_000_000;

/** Modules by their source; the one that was asked for last is at the end. */
const modules = new Map<string, PythonModule>();
let length = 0;

/** Parses a module. Never throws: a text that is no Python has `problems`. */
export function parseModule(text: string): PythonModule {
  const known = modules.get(text);
  if (known) modules.delete(text);
  else length += text.length;
  const module = known ?? readModule(text);
  modules.set(text, module);
  for (const oldest of modules.keys()) {
    if (length <= MAX_LENGTH) break;
    modules.delete(oldest);
    length -= oldest.length;
  }
  return module;
}
