// Runs a program in a terminal of its own, and keeps what it writes with the time of each piece.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * @param {string} line What a reader would type; bash runs it.
 * @param {{cwd: string, env: Record<string, string>, columns: number, rows: number}} terminal
 * @returns {{afterMs: number, text: string}[]} In order; `afterMs` counts from the piece before.
 */
export function record(line, { cwd, env, columns, rows }) {
  const folder = mkdtempSync(join(tmpdir(), "connect-webhook-recording-"));
  const [output, timing] = [join(folder, "output"), join(folder, "timing")];
  try {
    const result = spawnSync(
      "script",
      [
        "--quiet",
        "--return",
        "--log-out",
        output,
        "--log-timing",
        timing,
        "--command",
        `stty rows ${rows} cols ${columns}; ${line}`,
      ],
      { cwd, env, stdio: ["ignore", "ignore", "inherit"] },
    );
    if (result.error) throw result.error;
    if (result.status !== 0) throw new Error(`'${line}' ended with exit code ${result.status}.`);
    return pieces(readFileSync(output), readFileSync(timing, "utf8"));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** `script` writes a headline of its own into the output; the timing says how long each piece is. */
function pieces(output, timing) {
  const decoder = new TextDecoder();
  let offset = output.indexOf("\n") + 1;
  return timing
    .trim()
    .split("\n")
    .map((entry) => {
      const [seconds, length] = entry.split(" ").map(Number);
      const text = decoder.decode(output.subarray(offset, offset + length), { stream: true });
      offset += length;
      return { afterMs: seconds * 1000, text };
    });
}
