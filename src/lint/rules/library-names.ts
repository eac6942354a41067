/** An import of something that the tree's library has not stops the whole server, or all tests of the file. */
import { join } from "node:path";
import { codeFiles } from "../../checkout/index.ts";
import { editDistance, moduleFile } from "../../checkout/names.ts";
import { StandIns } from "../../engine/stand-ins.ts";
import { isDirectory } from "../../host/files.ts";
import { shellCommand } from "../../host/shell-command.ts";
import type { PythonModule } from "../../python/syntax.ts";
import { importingPart, resolvedImports } from "../imports.ts";
import { hasLibrary, libraryText, libraryWords } from "../library.ts";
import type { Finding, Rule } from "../rule.ts";
import { type LintTarget, placeOf } from "../target.ts";

export const libraryNames: Rule = {
  id: "library-names",
  part: "view",
  severity: "error",
  summary:
    "Everything that the view, the tests and the registry import from the tree exists, and names of installed packages are not misspelt.",
  why: "Views are often copied from another version, in which modules and functions have different names, and a merge can lose an import of the registry. Such an import fails when the server starts.",
  howToFix: "Import the name that this tree uses.",
  needsEntry: false,
  dialects: "What the tree has itself is only known in trees that contain the library for views.",
  async check(target) {
    const isComplete = hasLibrary(target);
    const { registryPath } = target.checkout;
    const standIns = await target.session.once("stand-ins", () => StandIns.open());
    const findings: Finding[] = [];
    for (const path of [...codeFiles(target.files), registryPath]) {
      const module = path === registryPath ? registry(target) : target.session.module(path);
      if (!module) continue;
      for (const { module: from, name, offset } of resolvedImports(module, path)) {
        const place = { path, ...placeOf(module, offset) };
        if (!/^zerver(\.|$)/.test(from)) {
          const meant = meantName(standIns, from, name);
          if (meant !== undefined) findings.push({ ...place, ...misspelt(from, name, meant) });
          continue;
        }
        if (!isComplete) continue;
        const words = libraryWords(target, from);
        if (words === undefined) {
          if (isPackage(target, from)) continue;
          findings.push({ ...place, ...withoutModule(target, from) });
        } else if (name !== undefined && name !== "*" && !has(words, name)) {
          if (libraryText(target, `${from}.${name}`) !== undefined) continue;
          // A package's `__init__.py` is empty: what is taken from it are its modules.
          if (isOwn(target, `${from}.`) && isPackage(target, from)) {
            findings.push({ ...place, ...withoutModule(target, `${from}.${name}`) });
            continue;
          }
          const message = `\`${from}\` has no \`${name}\`.`;
          findings.push({ ...place, message, fix: "Import the name that this tree has for it." });
        }
      }
    }
    return findings;
  },
};

/** Shorter names are like others by chance. */
const SHORTEST = 5;

/**
 * The module or name of a package that was meant by one which differs in a letter. The embedded Python runs the view with
 * either: what it has no part of, it takes for something that is not used.
 */
function meantName(standIns: StandIns, from: string, name: string | undefined): string | undefined {
  const isNear = (one: string, other: string): boolean =>
    one.length >= SHORTEST && one[0] === other[0] && editDistance(one, other) === 1;
  const words = standIns.words(from);
  if (!words) {
    const parent = from.split(".").slice(0, -1).join(".");
    const beside = standIns.modules.filter((one) => one.startsWith(`${parent}.`));
    return parent === "" ? undefined : beside.find((one) => isNear(from, one));
  }
  if (name === undefined || words.has(name) || standIns.modules.includes(`${from}.${name}`))
    return undefined;
  return [...words].find((word) => isNear(name, word));
}

function misspelt(
  from: string,
  name: string | undefined,
  meant: string,
): Pick<Finding, "message" | "fix" | "severity"> {
  const isModule = meant.includes(".");
  const what = isModule ? `module \`${from}\`` : `\`${name}\` in \`${from}\``;
  return {
    severity: "warning",
    message: `There seems to be no ${what}.`,
    fix: `Write \`${meant}\`, if that is meant.`,
  };
}

/** What is said of a module that is not there: one of the integration's own may be on somebody else's machine. */
function withoutModule(target: LintTarget, module: string): Pick<Finding, "message" | "fix"> {
  if (!isOwn(target, module)) {
    const message = `The tree has no module \`${module}\`.`;
    return { message, fix: "Import from the module that this tree has." };
  }
  const path = moduleFile(module);
  return {
    message: `The integration's own module \`${path}\` is not there.`,
    fix: `If you have it, run \`${shellCommand("git", "add", path)}\`, and commit it.`,
  };
}

function isOwn({ integration }: LintTarget, module: string): boolean {
  return module.startsWith(`${integration.directory.replaceAll("/", ".")}.`);
}

function isPackage({ checkout }: LintTarget, module: string): boolean {
  return isDirectory(join(checkout.root, module.replaceAll(".", "/")));
}

/** The registry, as far as it imports: the entries are left out. */
function registry({ session, checkout }: LintTarget): PythonModule | undefined {
  const path = checkout.registryPath;
  return session.once("imports of the registry", () => {
    const text = session.text(path);
    return text === undefined ? undefined : importingPart(text, () => session.module(path));
  });
}

/** A module may make its names in many ways; one that it never even mentions it has not. */
function has(words: ReadonlySet<string>, name: string): boolean {
  return words.has(name) || words.has("__getattr__");
}
