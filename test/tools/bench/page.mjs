// The page of `dev` in a browser: how long it takes from a click on a fixture to its message, and until a payload of
// 3 MB is open. Drives the built program.
//
//   node test/tools/bench/page.mjs -C <tree> [--name github] [--program <bin/connect-webhook.js>]
import { spawn } from "node:child_process";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { bundled } from "../bundle.mjs";

const root = resolve(import.meta.dirname, "../../..");
const CLICKS = 40;
const LARGE_BYTES = 3_000_000;

const { values } = parseArgs({
  options: {
    checkout: { type: "string", short: "C" },
    name: { type: "string", default: "github" },
    program: { type: "string", default: resolve(root, "bin/connect-webhook.js") },
  },
});
if (values.checkout === undefined) throw new Error("Say which tree to serve: -C <tree>.");
const [{ startChromium }] = await bundled(["test/support/chromium.ts"]);

const line = (title, ms) =>
  process.stdout.write(`${title.padEnd(48)}${ms.toFixed(0).padStart(8)} ms\n`);
const median = (times) => times.sort((a, b) => a - b)[Math.floor(times.length / 2)];

const program = spawn(
  process.execPath,
  [values.program, "-C", resolve(values.checkout), "dev", values.name, "--port", "0", "--json"],
  { stdio: ["ignore", "pipe", "ignore"] },
);
const browser = await startChromium();
try {
  const {
    url,
    page: address,
    token,
  } = await new Promise((done) =>
    program.stdout.once("data", (bytes) => done(JSON.parse(String(bytes)))),
  );
  const page = await browser.newPage();
  await page.setViewport({ width: 1440, height: 860 });
  await page.goto(address);
  await page.waitForFunction(
    () => document.querySelector("#panel-message iframe")?.contentDocument?.body?.textContent,
  );
  line(
    `${values.name}: click to message, median of ${CLICKS}`,
    median(await page.evaluate(clicks, CLICKS)),
  );
  await serveLarge(url, token);
  await page.waitForSelector("[data-request]");
  const times = [];
  for (let round = 0; round < 5; round += 1) {
    await page.evaluate(() => document.querySelector("[data-file]").click());
    await new Promise((done) => setTimeout(done, 1500));
    times.push(await page.evaluate(openLarge));
  }
  line("a payload of 3 MB: click to its text, median", median(times));
} finally {
  await browser.close();
  program.kill("SIGINT");
}

async function serveLarge(url, token) {
  const headers = { Authorization: `Bearer ${token}` };
  const { bot, path } = await (
    await fetch(`${url}/_/integrations/${values.name}`, { headers })
  ).json();
  const items = [];
  for (let bytes = 0; bytes < LARGE_BYTES; bytes += 125)
    items.push({ number: items.length, name: "a value of some length", text: "x".repeat(40) });
  const body = JSON.stringify({ marker: "of the measurement", items }, null, 2);
  await fetch(`${url}${path}?api_key=${bot.apiKey}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: body,
  });
}

/** Runs in the page: clicks fixtures in turn, and waits until the frame holds other messages, painted. */
async function clicks(count) {
  const body = () => document.querySelector("#panel-message iframe").contentDocument.body;
  const times = [];
  const files = [...document.querySelectorAll("[data-file]")].map(({ dataset }) => dataset.file);
  for (let index = 0; index < count; index += 1) {
    const file = files[(index + 1) % files.length];
    await new Promise((done) => setTimeout(done, 100));
    const changed = new Promise((done) => {
      const watch = new MutationObserver(() => {
        if (body().childNodes.length === 0) return;
        watch.disconnect();
        requestAnimationFrame(() => done());
      });
      watch.observe(body(), { childList: true });
      setTimeout(() => done("late"), 3000);
    });
    const started = performance.now();
    document.querySelector(`[data-file="${file}"]`).click();
    if ((await changed) !== "late") times.push(performance.now() - started);
  }
  return times;
}

/** Runs in the page: opens the request that was served last, and waits until its payload is painted. */
async function openLarge() {
  const area = () => document.getElementById("payload");
  const started = performance.now();
  document.querySelector("[data-request]").click();
  while (!/of the measurement/.test((area().value ?? area().textContent).slice(0, 500)))
    await new Promise(requestAnimationFrame);
  await new Promise(requestAnimationFrame);
  return performance.now() - started;
}
