/** What it means when a child ends or refuses, in words. */
import { MachineError, UserError } from "../errors.ts";
import { cut, LONGEST } from "./bounds.ts";
import { ChildDiedError, RequestError, TOOK_TOO_LONG } from "./client.ts";
import type { Question } from "./protocol.ts";
import type { TestError } from "./types.ts";

/** Whether a child says that the tree's own library is what is wrong. */
export function isLibraryError(error: ChildDiedError | RequestError): boolean {
  return error instanceof RequestError && error.kind === "library";
}

/** The code that a question runs, in words. */
export function asked(question: Question): string {
  if (question.type === "deliver" || question.type === "prepare")
    return `The view of ${question.request.integration}`;
  return question.type === "receive"
    ? `The view at ${question.request.path}`
    : "The tree's registry";
}

/** Whether Python is gone: its process ended, or Python itself in it. */
export function endsPython(error: unknown): error is ChildDiedError | RequestError {
  return error instanceof ChildDiedError || error instanceof RequestError;
}

/** What is told of a test, or of the import before the first one, that ended Python. */
export function processError(
  what: string,
  error: ChildDiedError | RequestError,
  directory: string,
): TestError {
  const message = cut(
    `${what} ended the process that runs Python: ${reasonOf(error)}.`,
    LONGEST.line,
  );
  return { type: "ProcessEnded", message, traceback: message, ...topOf(directory) };
}

/** The beginning of a folder's tests, where no line is to blame. */
export function topOf(directory: string): { path: string; line: number } {
  return { path: `zerver/webhooks/${directory}/tests.py`, line: 1 };
}

/** How Python ended. */
export function reasonOf(error: ChildDiedError | RequestError): string {
  if (error instanceof ChildDiedError) return error.how;
  // What takes too long is interrupted wherever it is, which may be in the middle of Python's own code.
  return error.message.trimEnd().endsWith("\nKeyboardInterrupt") ? TOOK_TOO_LONG : error.message;
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

/** A module of the tree's own that is not there may be left out of the checkout. */
function hintFor({ message }: RequestError): string {
  return /No module named '(?:zerver|zproject|zilencer)\b/.test(message)
    ? "Bring that module back; in a sparse checkout, run `git sparse-checkout add zerver zproject zilencer`."
    : "Repair that file; the tests of every integration need it.";
}

/** What the tree needs and the engine lacks is not for the tree's author to repair. */
function brokenLibrary(error: RequestError): UserError {
  const [, missing] =
    /Unavailable: (.{1,200}) is not part of the embedded engine/.exec(error.message) ?? [];
  const isOurs = missing !== undefined;
  return new UserError(
    isOurs
      ? `The embedded engine lacks what this tree's library needs to load: ${missing}.`
      : `The tree's own library does not load: ${error.message}.`,
    {
      code: isOurs ? "library-needs-more" : "broken-library",
      hint: isOurs
        ? "Use --engine checkout for this tree, and report that name as missing."
        : hintFor(error),
      cause: error,
    },
  );
}

/** An error of a start, as the user is told. */
export function asKnown(error: unknown): unknown {
  if (error instanceof RequestError && error.kind === "library") return brokenLibrary(error);
  if (error instanceof ChildDiedError && error.how === TOOK_TOO_LONG) {
    return new MachineError("The embedded Python did not start in time.", {
      code: "python-too-slow",
      hint: "Run the command again when the machine is less busy.",
      cause: error,
    });
  }
  if (endsPython(error)) {
    return new UserError(
      `The tree's own library ended Python while it was loaded: ${reasonOf(error)}.`,
      {
        code: "library-ends-python",
        hint: "Look for code in the tree's zerver/lib that exits the process.",
        cause: error,
      },
    );
  }
  return error;
}

/** What is told when Python ends before it is given anything of a tree. */
export function neverStarted(error: ChildDiedError): MachineError {
  const [, said = error.how] = /^\w*Error: (.+)$/m.exec(error.message) ?? [];
  return new MachineError(
    `The embedded Python does not start on this machine (Node ${process.versions.node}): ${cut(said.replace(/\.$/, ""), LONGEST.line)}.`,
    {
      code: "python-does-not-start",
      hint: "Try another version of Node. `connect-webhook test --verbose` shows all that the process said, for a report.",
      cause: error,
    },
  );
}
