/** A child that speaks frames, and lies in the way that its argument says as soon as tests of `bad` are to be run. */
import { writeSync } from "node:fs";

const kind = process.argv[2];
const OUTPUT = 3;

/** The request that is answered. */
let number = 0;

function frame(head, payload = Buffer.alloc(0)) {
  const isMessage = head?.type !== undefined;
  const text = Buffer.isBuffer(head)
    ? head
    : Buffer.from(JSON.stringify(isMessage ? { number, ...head } : head));
  const header = Buffer.alloc(8);
  header.writeUInt32LE(text.length, 0);
  header.writeUInt32LE(payload.length, 4);
  return Buffer.concat([header, text, payload]);
}

function write(...frames) {
  for (let bytes = Buffer.concat(frames); bytes.length > 0; ) {
    try {
      bytes = bytes.subarray(writeSync(OUTPUT, bytes));
    } catch (error) {
      if (error.code !== "EAGAIN") throw error;
    }
  }
}

function announced(head, payload) {
  const header = Buffer.alloc(8);
  header.writeUInt32LE(head, 0);
  header.writeUInt32LE(payload, 4);
  return header;
}

const idIn = (directory) => `zerver.webhooks.${directory}.tests.T.test_it`;
const result = (words) => ({
  type: "test-result",
  result: { id: idIn("bad"), name: "test_it", status: "passed", durationMs: 1, ...words },
});
const done = { type: "done" };
const error = { type: "E", message: "m", traceback: "t" };
const deep = () =>
  Buffer.from(`{"number":${number},"type":"done","value":${"[".repeat(1e5)}${"]".repeat(1e5)}}`);

/** What is said as soon as the next request comes. */
let late;

const LIES = {
  null: () => write(frame(null)),
  list: () => write(frame([done])),
  text: () => write(frame(Buffer.from("no JSON"))),
  bytes: () => write(Buffer.from("this is no frame at all, whatever its lengths may be")),
  deep: () => write(frame(deep()), frame(done)),
  "head-4gb": () => write(announced(0xffffffff, 0)),
  "payload-4gb": () => write(announced(2, 0xffffffff)),
  payload: () => write(frame(done, Buffer.alloc(10))),
  "status-object": () => write(frame(result({ status: {} }))),
  "error-wordless": () => write(frame(result({ status: "failed", error: {} }))),
  "error-none": () => write(frame(result({ status: "failed" }))),
  "wrong-type": () => write(frame({ type: "snapshot" })),
  unknown: () => write(frame({ type: "__proto__" })),
  coverage: () => write(frame({ type: "coverage", coverage: { lines: -1 } })),
  "coverage-path": () =>
    write(
      frame({
        type: "coverage",
        coverage: {
          lines: 1,
          covered: 1,
          missing: [],
          files: [{ path: "../x.py", lines: 1, covered: 1, missing: [] }],
        },
      }),
    ),
  strays: () =>
    write(...Array.from({ length: 5000 }, (_, n) => frame(result({ id: `made-up-${n}` })))),
  "done-early": () => write(frame(done)),
  "done-twice": () => write(frame(done), frame(done)),
  "done-late": () => {
    const before = number;
    write(frame(result({})), frame(done));
    late = frame({ ...done, number: before });
  },
  "broken-registry": () => write(frame({ type: "failed", kind: "library", message: "a lie" })),
  "failed-oddly": () => write(frame({ type: "failed", kind: "odd", message: "m" })),
  silence: () => undefined,
  starts: () => setInterval(() => write(frame({ type: "test-start", id: idIn("bad") })), 1),
  exit: () => process.exit(0),
};

/** How many tests `many` has. */
const MANY = 30;

/** What is said of the one test, and then that it is done. */
const RESULTS = {
  "other-id": { id: idIn("good") },
  "other-name": { name: "test_other" },
  "place-outside": { status: "failed", error: { ...error, path: "zerver/../../x.py", line: -5 } },
  "negative-time": { durationMs: -1 },
  "text-time": { durationMs: "NaN" },
  "proto-keys": JSON.parse('{"__proto__": {"polluted": true}, "constructor": {"prototype": 1}}'),
  "huge-message": { status: "failed", error: { ...error, message: "x".repeat(30_000_000) } },
};

function answer(head) {
  const { type, directory } = head;
  number = head.number;
  const id = idIn(directory);
  if (late) write(late);
  late = undefined;
  const names = Array.from({ length: MANY }, (_, index) => `test_${index}`);
  const all = directory === "many" ? names : ["test_it"];
  const tests = all.map((name) => [id.replace("test_it", name), name]);
  if (type === "collect") write(frame({ ...done, value: { tests } }));
  else if (type !== "run") write(frame(done));
  else if (directory === "many") process.exit(1);
  else if (directory !== "bad") {
    const words = { id, status: "failed", error: { ...error, message: "honest" } };
    write(frame({ type: "test-start", id }), frame(result(words)), frame(done));
  } else if (kind in RESULTS) write(frame(result(RESULTS[kind])), frame(done));
  else LIES[kind]();
}

let bytes = Buffer.alloc(0);
process.stdin.on("data", (part) => {
  bytes = Buffer.concat([bytes, part]);
  while (bytes.length >= 8 && bytes.length >= 8 + bytes.readUInt32LE(0) + bytes.readUInt32LE(4)) {
    const end = 8 + bytes.readUInt32LE(0);
    const head = JSON.parse(bytes.toString("utf8", 8, end));
    bytes = bytes.subarray(end + bytes.readUInt32LE(4));
    answer(head);
  }
});
process.stdin.on("end", () => process.exit(0));
