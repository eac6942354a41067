/** The machine's errors about files and folders, turned into sentences. */
import { MachineError, UserError } from "../errors.ts";

/** The `code` of a Node system error such as `ENOENT`, or undefined. */
export function systemCode(error: unknown): string | undefined {
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  return typeof code === "string" ? code : undefined;
}

/** Whether an error says that there is nothing at a path; what cannot be looked at may well be there. */
export function isMissing(error: unknown): boolean {
  return ["ENOENT", "ENOTDIR"].includes(systemCode(error) ?? "");
}

/**
 * Turns a Node system error into one of ours.
 * @param error What a call of node:fs threw.
 * @param action What was being done, as in "write the picture".
 * @param fallback The path it was done to, where the error does not name one.
 */
export function fileError(error: unknown, action: string, fallback: string): Error {
  const details = { cause: error };
  // The system names the very path; the caller may know only the folder above it.
  const path = (error as NodeJS.ErrnoException | undefined)?.path ?? fallback;
  switch (systemCode(error)) {
    case "ENOENT":
      return new UserError(`Could not ${action}: ${path} does not exist.`, {
        ...details,
        code: "no-such-file",
        hint: "Check the path.",
      });
    case "ENAMETOOLONG":
      return new UserError(`Could not ${action}: the name ${shortened(path)} is too long.`, {
        ...details,
        code: "name-too-long",
        hint: "Give it a shorter name.",
      });
    // Node's word for a zero byte in a path.
    case "ERR_INVALID_ARG_VALUE":
      return new UserError(`Could not ${action}: a path cannot hold a zero byte.`, {
        ...details,
        code: "no-such-file",
        hint: "Check the path.",
      });
    case "ELOOP":
      return new UserError(`Could not ${action}: ${path} is a link that leads back to itself.`, {
        ...details,
        code: "no-such-file",
        hint: "Replace the link with its target.",
      });
    case "EISDIR":
      return new UserError(`Could not ${action}: ${path} is a folder.`, {
        ...details,
        code: "not-a-file",
        hint: "Give the path of a file.",
      });
    case "ENOTDIR":
      return new UserError(`Could not ${action}: a part of ${path} is not a folder.`, {
        ...details,
        code: "not-a-folder",
        hint: "Check the path.",
      });
    case "EEXIST":
      return new UserError(`Could not ${action}: ${path} is a file, where a folder belongs.`, {
        ...details,
        code: "not-a-folder",
        hint: "Move the file away, and run the command again.",
      });
    // Windows says so of a file that another program has open.
    case "EBUSY":
      return new MachineError(`Could not ${action}: another program uses ${path}.`, {
        ...details,
        code: "busy-file",
        hint: "Close that program, and run the command again.",
      });
    case "EACCES":
    case "EPERM":
      return new MachineError(`Could not ${action}: no permission for ${path}.`, {
        ...details,
        code: "no-permission",
        hint: "Give your user access to it, and run the command again.",
      });
    case "EROFS":
      return new MachineError(`Could not ${action}: ${path} is on a read-only disk.`, {
        ...details,
        code: "read-only",
        hint: "Make the disk writable, or work on a copy of the tree.",
      });
    case "ENOSPC":
    case "EDQUOT":
      return new MachineError(`Could not ${action}: the disk with ${path} is full.`, {
        ...details,
        code: "disk-full",
        hint: "Free some space, and run the command again.",
      });
    default:
      return error instanceof Error ? error : new Error(String(error));
  }
}

/**
 * The same for a folder that is the machine's business and not the user's input: the cache, a temporary folder.
 * @param variable The environment variable that says where it is.
 */
export function machineFileError(
  error: unknown,
  action: string,
  path: string,
  variable: string,
): Error {
  const known = fileError(error, action, path);
  if (!(known instanceof UserError)) return known;
  return new MachineError(known.message, {
    code: known.code,
    hint: `Set ${variable} to a folder that you can write to.`,
    cause: error,
  });
}

const LONGEST_SHOWN = 120;

function shortened(path: string): string {
  return path.length > LONGEST_SHOWN ? `${path.slice(0, LONGEST_SHOWN)}…` : path;
}
