// The endpoint of `dev`: how long a request takes, and how many a second, over real connections to the built program.
//
//   node test/tools/bench/dev.mjs -C <tree>
import { spawn } from "node:child_process";
import { Agent, request } from "node:http";
import { resolve } from "node:path";
import { parseArgs } from "node:util";

const root = resolve(import.meta.dirname, "../../..");
const REQUESTS = 300;
const CONNECTIONS = 20;

const { values } = parseArgs({ options: { checkout: { type: "string", short: "C" } } });
if (values.checkout === undefined) throw new Error("Say which tree to serve: -C <tree>.");

/** @returns Milliseconds of the median request on one connection, and requests a second on many. */
async function measureDev(
  tree,
  name = "helloworld",
  body = '{"featured_title":"T","featured_url":"https://example.com"}',
) {
  const program = spawn(
    process.execPath,
    [resolve(root, "bin/connect-webhook.js"), "-C", tree, "dev", name, "--port", "0", "--json"],
    { stdio: ["ignore", "pipe", "ignore"] },
  );
  try {
    const line = await new Promise((done) =>
      program.stdout.once("data", (bytes) => done(String(bytes))),
    );
    const { url, token } = JSON.parse(line);
    const headers = { Authorization: `Bearer ${token}` };
    const { bot, path } = await (await fetch(`${url}/_/integrations/${name}`, { headers })).json();
    const address = `${url}${path}?api_key=${bot.apiKey}&stream=devel`;
    const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
    for (let count = 0; count < 20; count += 1) await post(address, body, agent);
    const times = [];
    for (let count = 0; count < REQUESTS; count += 1) times.push(await post(address, body, agent));
    const started = performance.now();
    await Promise.all(Array.from({ length: REQUESTS }, () => post(address, body, agent)));
    const perSecond = (REQUESTS * 1000) / (performance.now() - started);
    agent.destroy();
    return { medianMs: times.sort((a, b) => a - b)[REQUESTS / 2], perSecond };
  } finally {
    program.kill("SIGINT");
  }
}

function post(address, body, agent) {
  const started = performance.now();
  return new Promise((done, fail) => {
    const sent = request(
      address,
      { method: "POST", agent, headers: { "Content-Type": "application/json" } },
      (answer) => {
        answer.resume();
        if (answer.statusCode !== 200)
          fail(new Error(`the endpoint answered ${answer.statusCode}`));
        answer.on("end", () => done(performance.now() - started));
      },
    );
    sent.on("error", fail);
    sent.end(body);
  });
}

const { medianMs, perSecond } = await measureDev(resolve(values.checkout));
process.stdout.write(`a request, median                ${medianMs.toFixed(1).padStart(10)} ms\n`);
process.stdout.write(
  `requests a second, ${CONNECTIONS} connections ${perSecond.toFixed(0).padStart(10)}\n`,
);
