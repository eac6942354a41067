/** `test --watch`: stays, and runs the tests that an edit reaches. */
import { openCheckout } from "../../checkout/index.ts";
import type { Checkout, Integration } from "../../checkout/model.ts";
import { FolderUses, MADE_OF, reachedBy } from "../../checkout/reach.ts";
import { ReusedEngine, type TestRun } from "../../engine/index.ts";
import { CancelledError, ExitCode, messageOf, UserError } from "../../errors.ts";
import type { Terminal } from "../../host/keys.ts";
import { watchFiles } from "../../host/watch.ts";
import { printableLine } from "../../ui/steering.ts";
import type { Context } from "../define.ts";
import { startEngine } from "../engine.ts";
import { formatTestRun } from "../reporters/test.ts";
import { formatCoverage } from "../reporters/test-coverage.ts";
import { noFittingTest, type TestOptions, toFilter } from "./options.ts";
import { choiceOf, runOn } from "./run.ts";

const SETTLE_MS = 80;
const KEYS = "a all · f failed · p filter · Enter again · q quit";

/** What to run next. */
type Wanted = {
  names: string[];
  filter?: TestOptions["filter"];
  /** The whole tree is read again: whoever watches it may have missed something, as behind a link out of it. */
  anew?: boolean | undefined;
};

/**
 * Watches until `q` or Ctrl-C.
 * @throws UserError `no-terminal` where nobody can press keys.
 */
export async function watch(
  targets: readonly Integration[],
  options: TestOptions,
  context: Context,
): Promise<ExitCode> {
  const { terminal } = context;
  if (!terminal) {
    throw new UserError("--watch needs a terminal for its keys and its display.", {
      code: "no-terminal",
      hint: "Leave --watch out to run the tests once.",
    });
  }
  return new Watch(await context.checkout(), targets, options, context, terminal).run();
}

class Watch {
  #checkout: Checkout;
  #targets: readonly Integration[];
  #filter: TestOptions["filter"];
  readonly #engine: ReusedEngine;
  #uses: FolderUses;
  #failed = new Map<string, Set<string>>();
  #last: Wanted;
  #next: Wanted | undefined;
  #busy = false;
  #edited = new Set<string>();
  #asking = false;
  readonly #options: TestOptions;
  readonly #context: Context;
  readonly #terminal: Terminal;
  #end: (result: ExitCode | Error) => void = () => undefined;
  #stopKeys: () => void = () => undefined;

  constructor(
    checkout: Checkout,
    targets: readonly Integration[],
    options: TestOptions,
    context: Context,
    terminal: Terminal,
  ) {
    this.#terminal = terminal;
    this.#checkout = checkout;
    this.#targets = targets;
    this.#options = options;
    this.#context = context;
    this.#filter = options.filter;
    this.#uses = new FolderUses(checkout);
    this.#engine = new ReusedEngine(() => this.#start());
    this.#last = { names: this.#names() };
  }

  async run(): Promise<ExitCode> {
    const { signal } = this.#context;
    const ended = new Promise<ExitCode | Error>((resolve) => {
      this.#end = resolve;
    });
    const cancel = (): void => this.#end(new CancelledError("Cancelled."));
    signal.addEventListener("abort", cancel, { once: true });
    const stopWatching = await watchFiles(this.#checkout.root, {
      below: MADE_OF,
      settleMs: SETTLE_MS,
      onChange: (paths) => void this.#onEdit(paths),
      onError: (error) => this.#end(error),
    });
    this.#stopKeys = this.#terminal.readKeys((name) => this.#onKey(name));
    try {
      this.#want({ names: this.#names() });
      const result = await ended;
      if (typeof result === "number") return result;
      throw result;
    } finally {
      signal.removeEventListener("abort", cancel);
      this.#stopKeys();
      await stopWatching();
      await this.#engine.close();
    }
  }

  #start() {
    const { root } = this.#checkout;
    const { timeout: timeoutMs } = this.#options;
    return startEngine({ root, targets: this.#targets, timeoutMs }, this.#context);
  }

  #names(): string[] {
    return this.#targets.map(({ name }) => name);
  }

  #onKey(name: string): void {
    if (this.#asking) return;
    if (name === "q") this.#end(ExitCode.Ok);
    else if (name === "ctrl-c") this.#end(new CancelledError("Cancelled."));
    else if (name === "a") {
      this.#filter = undefined;
      this.#want({ names: this.#names(), anew: true });
    } else if (name === "f") this.#wantFailed();
    else if (name === "p") void this.#askFilter();
    else if (name === "return" || name === "enter") this.#want(this.#last);
  }

  #wantFailed(): void {
    const ids = [...this.#failed.values()].flatMap((some) => [...some]);
    if (ids.length === 0) {
      this.#context.out.say("No test has failed.");
      return;
    }
    const pattern = `^(?:${ids.map((id) => id.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|")})$`;
    this.#want({ names: [...this.#failed.keys()], filter: { pattern, flags: "" } });
  }

  async #askFilter(): Promise<void> {
    this.#asking = true;
    this.#stopKeys();
    try {
      const { filter } = await this.#context.prompts.ask({
        filter: {
          kind: "text",
          flag: "--filter",
          message: "Tests whose name contains (empty for all):",
          optional: true,
          validate: checkFilter,
        },
      });
      this.#filter = filter.trim() === "" ? undefined : toFilter(filter);
      this.#want({ names: this.#names() });
    } catch (error) {
      if (!(error instanceof CancelledError)) this.#end(error as Error);
    } finally {
      this.#asking = false;
      this.#stopKeys = this.#terminal.readKeys((name) => this.#onKey(name));
    }
  }

  async #onEdit(edited: readonly string[]): Promise<void> {
    try {
      for (const path of edited) this.#edited.add(path);
      if (edited.includes(this.#checkout.registryPath)) await this.#readRegistry();
      const reached = edited.includes(this.#checkout.registryPath)
        ? this.#targets
        : await reachedBy(this.#checkout, edited, this.#uses);
      const mine = new Set(this.#names());
      const names = reached.map(({ name }) => name).filter((name) => mine.has(name));
      if (names.length > 0) this.#want({ names });
    } catch (error) {
      this.#context.out.error(printableLine(messageOf(error)));
    }
  }

  /** An integration may have come or gone, or have moved. */
  async #readRegistry(): Promise<void> {
    this.#checkout = await openCheckout(this.#checkout.root);
    this.#uses = new FolderUses(this.#checkout);
    const mine = new Set(this.#names());
    this.#targets = this.#checkout.integrations.filter(({ name }) => mine.has(name));
  }

  /** Runs this next; what was still to be run is not forgotten. */
  #want(wanted: Wanted): void {
    const names = [...new Set([...(this.#next?.names ?? []), ...wanted.names])];
    this.#next = this.#next ? { names, anew: this.#next.anew || wanted.anew } : wanted;
    if (!this.#busy) void this.#work();
  }

  async #work(): Promise<void> {
    this.#busy = true;
    try {
      for (let next = this.#next; next; next = this.#next) {
        this.#next = undefined;
        await this.#runOnce(next);
      }
    } finally {
      this.#busy = false;
    }
  }

  async #runOnce(wanted: Wanted): Promise<void> {
    const { out } = this.#context;
    const edited = [...this.#edited];
    this.#edited.clear();
    this.#last = { ...wanted, anew: false };
    try {
      const engine = await (wanted.anew
        ? this.#engine.anew()
        : this.#engine.after(edited, this.#targets));
      const filter = wanted.filter ?? this.#filter;
      const run = await runOn(
        engine,
        wanted.names,
        { ...choiceOf(this.#options), filter },
        this.#context,
      );
      this.#remember(run, filter !== undefined);
      if (filter !== undefined && run.summary.total === 0) throw noFittingTest();
      const report = await formatTestRun(run, this.#checkout.root, out);
      out.clear();
      for (const path of edited) out.say(out.paintStderr.dim(`edited ${printableLine(path)}`));
      out.data(report);
      const coverage = formatCoverage(run, out);
      if (coverage !== "") out.data(`\n${coverage}`);
    } catch (error) {
      // Half an edit breaks a tree for a moment: it is said, and the next edit mends it.
      if (this.#context.signal.aborted || !(error instanceof UserError)) {
        return this.#end(error as Error);
      }
      out.clear();
      out.error(printableLine(error.message));
      if (error.hint !== undefined) out.say(`  ${error.hint}`);
    }
    const filter = this.#filter ? ` · filter ${printableLine(this.#filter.pattern)}` : "";
    out.say(out.paintStderr.dim(`\nWatching${filter} · ${KEYS}`));
  }

  /** Knows which tests failed last, those of earlier runs included. */
  #remember({ integrations }: TestRun, part: boolean): void {
    for (const { name, tests } of integrations) {
      const failed = part ? new Set(this.#failed.get(name)) : new Set<string>();
      for (const { id, status } of tests) {
        if (status === "failed") failed.add(id);
        else failed.delete(id);
      }
      if (failed.size > 0) this.#failed.set(name, failed);
      else this.#failed.delete(name);
    }
  }
}

function checkFilter(typed: string): true | string {
  try {
    if (typed.trim() !== "") toFilter(typed);
    return true;
  } catch (error) {
    return messageOf(error);
  }
}
