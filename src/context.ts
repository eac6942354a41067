/** Builds what every command is handed, once a run. */
import { resolve } from "node:path";
import type { Checkout } from "./checkout/model.ts";
import type { Context } from "./commands/define.ts";
import { UserError } from "./errors.ts";
import { createOutput } from "./ui/output.ts";
import { createPrompts } from "./ui/prompts.ts";
import { printableLine } from "./ui/text.ts";

/** The values of the global options. */
export interface GlobalFlags {
  checkout?: string;
  json: boolean;
  yes: boolean;
  noInput: boolean;
  quiet: boolean;
  verbose: boolean;
  noColor: boolean;
}

/**
 * @param flags The global options.
 * @param signal Aborted when the user presses Ctrl-C.
 */
export function createContext(flags: GlobalFlags, signal: AbortSignal): Context {
  const { env, stdin, stdout, stderr } = process;
  const out = createOutput({
    stdout,
    stderr,
    env,
    json: flags.json,
    quiet: flags.quiet,
    verbose: flags.verbose,
    colour: !flags.noColor,
  });
  const interactive =
    !flags.noInput && !flags.json && !env.CI && stdin.isTTY === true && stderr.isTTY === true;
  let opened: Promise<Checkout> | undefined;
  return {
    out,
    prompts: createPrompts({ interactive, yes: flags.yes }),
    cwd: currentFolder(),
    folder: flags.checkout === undefined ? undefined : resolve(currentFolder(), flags.checkout),
    yes: flags.yes,
    signal,
    checkout() {
      opened ??= open(flags.checkout, (text) => out.warn(text));
      return opened;
    },
  };
}

function currentFolder(): string {
  try {
    return process.cwd();
  } catch (error) {
    throw new UserError("The current folder does not exist any more.", {
      code: "no-such-folder",
      hint: "Change to another folder, and run the command again.",
      cause: error,
    });
  }
}

async function open(folder: string | undefined, warn: (text: string) => void): Promise<Checkout> {
  const [{ findCheckout, openCheckout }, { recoverChanges }] = await Promise.all([
    import("./checkout/index.ts"),
    import("./host/recover.ts"),
  ]);
  if (folder === "") {
    throw new UserError("The folder given with --checkout is empty.", {
      code: "no-such-folder",
      hint: "Name a folder, or leave --checkout out.",
    });
  }
  const start = resolve(currentFolder(), folder ?? ".");
  const root = await findCheckout(start, { explicit: folder !== undefined });
  for (const note of await recoverChanges(root)) warn(printableLine(note));
  return openCheckout(root);
}
