/** What it means when a child ends or refuses, in words. */
import { BugError, MachineError, UserError } from "../errors.ts";
import { ChildDiedError, RequestError, TOOK_TOO_LONG } from "./client.ts";
import type { Question } from "./protocol.ts";
import type { TestResult } from "./types.ts";

/** The code that a question runs, in words. */
export function asked(question: Question): string {
  if (question.type === "deliver" || question.type === "prepare")
    return `The view of ${question.request.integration}`;
  return question.type === "receive"
    ? `The view at ${question.request.path}`
    : "The tree's registry";
}

/** The step before the first test of a folder, which can end Python as well. */
export function importStep(directory: string): { id: string; name: string; startedMs: number } {
  return {
    id: `zerver.webhooks.${directory}.tests`,
    name: "import tests.py",
    startedMs: Date.now(),
  };
}

/** Whether Python is gone: its process ended, or Python itself in it. */
export function endsPython(error: unknown): error is ChildDiedError | RequestError {
  return error instanceof ChildDiedError || error instanceof RequestError;
}

/** The result of a test that ended Python. */
export function deathOf(
  test: { id: string; name: string; startedMs: number },
  error: ChildDiedError | RequestError,
  directory: string,
): TestResult {
  const message = `The test ended the process that runs Python: ${reasonOf(error)}.`;
  return {
    id: test.id,
    name: test.name,
    status: "failed",
    durationMs: Date.now() - test.startedMs,
    error: {
      type: "ProcessEnded",
      message,
      traceback: message,
      path: `zerver/webhooks/${directory}/tests.py`,
      line: 1,
    },
  };
}

/** How Python ended. */
export function reasonOf(error: ChildDiedError | RequestError): string {
  return error instanceof ChildDiedError ? error.how : error.message;
}

/** A request that cannot be delivered, as the user is told. */
export function refusal(error: RequestError): UserError {
  return new UserError(`${error.message.replace(/\.$/, "")}.`, {
    code: "cannot-deliver",
    hint: /, line \d+\)$/.test(error.message)
      ? "Correct that line, and run the command again."
      : "`connect-webhook show <name>` lists an integration's fixtures and where it is registered.",
    cause: error,
  });
}

/** An error of a start, as the user is told. */
export function asKnown(error: unknown): unknown {
  if (error instanceof RequestError && error.kind === "library") {
    return new UserError(`The tree's own library does not load: ${error.message}.`, {
      code: "broken-library",
      hint: "Repair that file; the tests of every integration need it.",
      cause: error,
    });
  }
  if (error instanceof ChildDiedError && error.how === TOOK_TOO_LONG) {
    return new MachineError("The embedded Python did not start in time.", {
      code: "python-too-slow",
      hint: "Run the command again when the machine is less busy.",
      cause: error,
    });
  }
  if (endsPython(error)) {
    return new BugError(`The embedded Python failed: ${error.message}`, { cause: error });
  }
  return error;
}
