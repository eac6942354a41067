// Types, formatting, lint rules and unused code, all at once: each of them keeps hardly more than one core busy.
import { spawn } from "node:child_process";

const CHECKS = ["check:types", "check:style", "check:unused"];

/** Runs a script of the package, and prints what it said when it has ended, so that nothing is mixed. */
function check(name) {
  return new Promise((done) => {
    const child = spawn(`npm run --silent ${name}`, {
      shell: true,
      stdio: ["ignore", "pipe", "pipe"],
    });
    const said = [];
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (chunk) => said.push(chunk));
    child.on("close", (exitCode) => {
      process.stdout.write(Buffer.concat(said));
      if (exitCode !== 0) process.stderr.write(`${name} failed.\n`);
      done(exitCode === 0);
    });
  });
}

const passed = await Promise.all(CHECKS.map(check));
if (passed.includes(false)) process.exitCode = 1;
