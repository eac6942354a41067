/** Laying out generated Python as the tree's own formatter does (black and ruff agree). */
import { BugError, messageOf } from "../../errors.ts";
import { compileQuickly } from "../../host/compilation.ts";

/**
 * Formats a Python file.
 * @param source The file's text.
 * @param lineLength The tree's line length, in characters.
 * @throws BugError when the source is not Python: only generated code comes here.
 */
export async function formatPython(source: string, lineLength: number): Promise<string> {
  // Loaded only when there is something to format: it is ten megabytes of WebAssembly.
  compileQuickly();
  const { Workspace, PositionEncoding } = await import("@astral-sh/ruff-wasm-nodejs");
  const settings = { "line-length": lineLength, "target-version": "py38" };
  const workspace = new Workspace(settings, PositionEncoding.Utf16);
  try {
    return workspace.format(source);
  } catch (error) {
    throw new BugError(`The generated Python cannot be read: ${messageOf(error)}`, {
      cause: error,
    });
  } finally {
    workspace.free();
  }
}
