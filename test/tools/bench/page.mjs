// The page of `dev` in a browser: how long it takes from a click on a fixture to its message, and until a payload of
// 3 MB is open. Drives the built program; several programs take turns, so that the machine is as busy for each.
//
//   node test/tools/bench/page.mjs -C <tree> [--name github] [--program <bin/connect-webhook.js>]…
import { spawn } from "node:child_process";
import { relative, resolve } from "node:path";
import { parseArgs } from "node:util";
import { bundled } from "../bundle.mjs";

const root = resolve(import.meta.dirname, "../../..");
const ROUNDS = 3;
const CLICKS = 40;
const LARGE_BYTES = 3_000_000;
/** Python starts before the first message, which takes half a minute where much else runs. */
const START_MS = 180_000;

const { values } = parseArgs({
  options: {
    checkout: { type: "string", short: "C" },
    name: { type: "string", default: "github" },
    program: {
      type: "string",
      multiple: true,
      default: [resolve(root, "bin/connect-webhook.js")],
    },
  },
});
if (values.checkout === undefined) throw new Error("Say which tree to serve: -C <tree>.");
const [{ startChromium }] = await bundled(["test/support/chromium.ts"]);

const line = (title, times) =>
  process.stdout.write(`${title.padEnd(48)}${median(times).toFixed(0).padStart(8)} ms\n`);
const median = (times) => times.sort((a, b) => a - b)[Math.floor(times.length / 2)];

const measured = new Map(values.program.map((program) => [program, { click: [], large: [] }]));
for (let round = 0; round < ROUNDS; round += 1) {
  for (const [program, times] of measured) {
    const { click, large } = await measure(program);
    times.click.push(...click);
    times.large.push(...large);
  }
}
for (const [program, { click, large }] of measured) {
  if (measured.size > 1) process.stdout.write(`${relative(process.cwd(), program)}\n`);
  line(`${values.name}: click to message, median of ${click.length}`, click);
  line(`a payload of 3 MB: click to its text, of ${large.length}`, large);
}

/** @returns Milliseconds: of each click, and of each time that the large payload was opened. */
async function measure(path) {
  const args = ["-C", resolve(values.checkout), "dev", values.name, "--port", "0", "--json"];
  const program = spawn(process.execPath, [path, ...args], { stdio: ["ignore", "pipe", "ignore"] });
  const browser = await startChromium();
  try {
    const { url, page: address, token } = await announced(program);
    const page = await browser.newPage();
    page.setDefaultTimeout(START_MS);
    await page.setViewport({ width: 1440, height: 860 });
    await page.goto(address);
    await page.waitForFunction(
      () => document.querySelector("#panel-message iframe")?.contentDocument?.body?.textContent,
    );
    const click = await page.evaluate(clicks, CLICKS);
    await serveLarge(url, token);
    await page.waitForSelector("[data-request]");
    const large = [];
    for (let count = 0; count < 5; count += 1) {
      await page.evaluate(() => document.querySelector("[data-file]").click());
      await new Promise((done) => setTimeout(done, 1500));
      large.push(await page.evaluate(openLarge));
    }
    return { click, large };
  } finally {
    await browser.close();
    program.kill("SIGINT");
  }
}

/** What `dev` says of itself when it listens. */
function announced(program) {
  return new Promise((done, fail) => {
    program.stdout.once("data", (bytes) => done(JSON.parse(String(bytes))));
    program.once("exit", (code) => fail(new Error(`dev ended with ${code} before it listened.`)));
  });
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
