/**
 * Measures `capture`: many requests from many connections, and whether each one that was acknowledged is on the disk
 * byte for byte. Exits with 1 when one is not.
 *
 *     node test/tools/bench/capture.mjs [requests] [connections]
 */
import { spawn } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { Agent, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

const [requests = 5000, connections = 50] = process.argv.slice(2).map(Number);
const root = join(import.meta.dirname, "..", "..", "..");
const LARGE = 10_000_000;

/** What services send, and what they might. One in 500 is large. */
const kinds = [
  [
    "JSON",
    "application/json",
    (id) => Buffer.from(JSON.stringify({ id, action: "opened", n: [1, 2.5] })),
  ],
  [
    "not UTF-8",
    "text/plain",
    (id) => Buffer.concat([Buffer.from(`${id} `), Buffer.from([0xff, 0, 0x80, 0x0d, 0x0a])]),
  ],
  [
    "gzip",
    "application/json",
    (id) => gzipSync(JSON.stringify({ id })),
    { "Content-Encoding": "gzip" },
  ],
  [
    "multipart",
    "multipart/form-data; boundary=x",
    (id) =>
      Buffer.from(`--x\r\nContent-Disposition: form-data; name="id"\r\n\r\n${id}\r\n--x--\r\n`),
  ],
  ["in chunks", "application/json", (id) => Buffer.from(JSON.stringify({ id, chunked: true }))],
];
const large = [
  "10 MB",
  "application/octet-stream",
  (id) => Buffer.concat([Buffer.from(String(id)), randomBytes(LARGE)]),
];

const folder = mkdtempSync(join(tmpdir(), "connect-webhook-bench-"));
cpSync(join(root, "templates", "workspace"), folder, { recursive: true });
const program = spawn(
  process.execPath,
  [
    join(root, "bin", "connect-webhook.js"),
    "capture",
    "bench",
    "--port",
    "0",
    "--dry-run",
    "--json",
  ],
  { cwd: folder, stdio: ["ignore", "ignore", "pipe"] },
);
let talk = "";
const port = await new Promise((done) => {
  program.stderr.on("data", (bytes) => {
    if (talk.length > 1e5) return;
    talk += bytes;
    const found = /http:\/\/127\.0\.0\.1:(\d+)/.exec(talk);
    if (found) done(Number(found[1]));
  });
});

const agent = new Agent({ keepAlive: true, maxSockets: connections });
const acknowledged = new Map();
const times = [];
let failures = 0;
let next = 0;

function send(id) {
  const [kind, type, bodyOf, headers = {}] = id % 500 === 499 ? large : kinds[id % kinds.length];
  const body = bodyOf(id);
  const started = performance.now();
  return new Promise((done) => {
    const post = request(
      {
        agent,
        port,
        host: "127.0.0.1",
        method: "POST",
        path: `/${id}`,
        headers: { "Content-Type": type, ...headers },
      },
      (response) => {
        response.resume();
        response.on("end", () => {
          times.push(performance.now() - started);
          if (response.statusCode === 200)
            acknowledged.set(`/${id}`, createHash("sha256").update(body).digest("hex"));
          else failures += 1;
          done();
        });
      },
    );
    post.on("error", () => {
      failures += 1;
      done();
    });
    if (kind !== "in chunks") post.setHeader("Content-Length", body.length);
    post.end(body);
  });
}

const started = performance.now();
await Promise.all(
  Array.from({ length: connections }, async () => {
    while (next < requests) await send(next++);
  }),
);
const seconds = (performance.now() - started) / 1000;
const [measured, failed] = [acknowledged.size, failures];
// As hard as it gets: killed while it works. What was acknowledged until then must be there without a goodbye.
const killed = new Promise((done) => program.once("close", done));
const after = acknowledged.size + connections;
await Promise.all(
  Array.from({ length: connections }, async () => {
    while (program.exitCode === null && program.signalCode === null) {
      await send(next++);
      if (acknowledged.size >= after) program.kill("SIGKILL");
    }
  }),
);
await killed;

const spool = join(folder, ".connect-webhook", "captures", "bench");
const kept = new Map();
for (const name of readdirSync(spool).filter((file) => file.endsWith(".json"))) {
  const { id, target } = JSON.parse(readFileSync(join(spool, name), "utf8"));
  kept.set(
    target,
    createHash("sha256")
      .update(readFileSync(join(spool, `${id}.body`)))
      .digest("hex"),
  );
}
const lost = [...acknowledged].filter(([target, hash]) => kept.get(target) !== hash);
rmSync(folder, { recursive: true, force: true });
times.sort((a, b) => a - b);
const at = (share) => `${(times[Math.floor((times.length - 1) * share)] ?? 0).toFixed(1)} ms`;
process.stdout.write(
  `capture: ${requests} requests, ${connections} connections, ${seconds.toFixed(1)} s, ${Math.round(requests / seconds)} a second\n` +
    `  p50 ${at(0.5)}, p95 ${at(0.95)}, p99 ${at(0.99)}; 10 MB bodies: ${Math.floor(requests / 500)}\n` +
    `  acknowledged ${measured}, failed ${failed}; then ${acknowledged.size - measured} more until it was killed\n` +
    `  acknowledged, but not on the disk byte for byte: ${lost.length}\n`,
);
process.exitCode = lost.length > 0 || measured + failed !== requests ? 1 : 0;
