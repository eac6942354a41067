// A program of JavaScript that tries what the process that runs Python must not be able to do, whoever writes in it.
// It writes what came of each attempt to descriptor 3, as one JSON text.
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync, writeSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const PAGES_OF_A_GIGABYTE = 16_384;

const attempts = {
  write: () => writeFileSync(join(tmpdir(), "connect-webhook-must-not-be"), "written"),
  read: () => readFileSync("/etc/passwd"),
  readPackage: () => readFileSync(process.argv[2]),
  listCache: () => readdirSync(process.argv[3]),
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
outcomes.connect = await new Promise((resolve) => {
  const socket = connect(Number(process.argv[4]), "127.0.0.1");
  socket.on("connect", () => resolve("done"));
  socket.on("error", (error) => resolve(error.code));
});
outcomes.environment = Object.keys(process.env).sort();
writeSync(3, JSON.stringify(outcomes));
