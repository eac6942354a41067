// A program of JavaScript that tries what the process that runs Python must not be able to do, whoever writes in it.
// It writes what came of each attempt to descriptor 3, as one JSON text.
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const PAGES_OF_A_GIGABYTE = 16_384;

const attempts = {
  write: () => writeFileSync(join(tmpdir(), "connect-webhook-must-not-be"), "written"),
  read: () => readFileSync("/etc/passwd"),
  start: () => {
    const { error } = spawnSync("true");
    if (error) throw error;
  },
  makeCode: () => new Function("return 1")(),
  memory: () => new WebAssembly.Memory({ initial: PAGES_OF_A_GIGABYTE + 1 }),
  memoryAllowed: () => new WebAssembly.Memory({ initial: 1, maximum: PAGES_OF_A_GIGABYTE }),
};

const outcomes = {};
for (const [name, attempt] of Object.entries(attempts)) {
  try {
    attempt();
    outcomes[name] = "done";
  } catch (error) {
    outcomes[name] = error.code ?? error.name;
  }
}
outcomes.environment = Object.keys(process.env).sort();
writeSync(3, JSON.stringify(outcomes));
