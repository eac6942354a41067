/** Bodies that nobody's webhook sends, and that a stranger may. */
import { gzipSync } from "node:zlib";
import { soak } from "./soak.ts";

/** A body, and the headers that it comes with. */
export type HostileBody = readonly [name: string, body: Buffer, headers?: [string, string][]];

const many = <T>(length: number, item: (index: number) => T): T[] =>
  Array.from({ length }, (_, index) => item(index));
const text = (type: string): [string, string][] => [["Content-Type", type]];
const json = (name: string, value: unknown): HostileBody => [
  name,
  Buffer.from(typeof value === "string" ? value : JSON.stringify(value)),
];
const fields = (length: number, value: (index: number) => unknown): object =>
  Object.fromEntries(many(length, (index) => [`k${index}`, value(index)]));

/** How much larger the bodies of the soak run are. */
const SIZE = soak ? 10 : 1;

/** Those whose size is the attack: large enough to end the program as it was. */
export const largeBodies: readonly HostileBody[] = [
  json("lists in lists", "[".repeat(100_000) + "]".repeat(100_000)),
  json("objects in objects", `${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}`),
  json(
    "130 000 keys",
    fields(130_000, (index) => index),
  ),
  json("a text of 9 MB", { event: "long", text: "a".repeat(9_000_000) }),
  json("a million backslashes", { event: "slashes", text: "\\".repeat(500_000) }),
  json("a token of 9 MB", { event: "long_token", token: "a".repeat(9_000_000) }),
  json(
    "thousands of secrets",
    many(1_000 * SIZE, (index) => ({
      email: `person${index}@corp${index}.io`,
      token: `tok${index}abcdefgh`,
    })),
  ),
  json("a key 100 000 times", `{${'"k":1,'.repeat(100_000)}"k":2}`),
  json(
    "a long list",
    many(100_000 * SIZE, (index) => index),
  ),
  [
    "thousands of fields",
    Buffer.from(many(10_000 * SIZE, (index) => `f${index}=v${index}`).join("&")),
    text("application/x-www-form-urlencoded"),
  ],
  ["one long line", Buffer.alloc(1_000_000 * SIZE, "x"), text("text/plain")],
  ["a domain without end", Buffer.from(`x@${"a.".repeat(300_000 * SIZE)}`), text("text/plain")],
  ["quotes", Buffer.alloc(1_000_000, '"'), text("text/plain")],
  ["escapes", Buffer.from(`"${'\\"'.repeat(1_000_000)}`), text("text/plain")],
  ["tokens that begin and begin", Buffer.from("-eyJ".repeat(100_000 * SIZE)), text("text/plain")],
  ["a gzip bomb", gzipSync(Buffer.alloc(26_000_000)), [["Content-Encoding", "gzip"]]],
];

/** Those that are odd. */
export const oddBodies: readonly HostileBody[] = [
  json("half a surrogate pair", '{"event":"half","x":"\\ud800"}'),
  json(
    "names of prototypes",
    '{"__proto__":{"event":"a"},"constructor":{"prototype":1},"event":"b"}',
  ),
  json("numbers without end", '{"event":"n","a":1e400,"b":123456789012345678901234567890}'),
  json("NaN", '{"event":"nan","a":NaN}'),
  json("a byte order mark", '\ufeff{"event":"mark"}'),
  ["UTF-16", Buffer.from('\ufeff{"event":"wide"}', "utf16le"), text("application/json")],
  ["no UTF-8", Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d])],
  [
    "a broken boundary",
    Buffer.from('--x\r\nname="a"\r\n--y--'),
    text("multipart/form-data; boundary=z"),
  ],
  ["nothing", Buffer.alloc(0)],
  [
    "long headers",
    Buffer.from('{"event":"h"}'),
    [
      [`X-${"a".repeat(9_000)}`, "b"],
      ["X-Big", "c".repeat(15_000)],
    ],
  ],
  json("keys that are secrets", {
    event: "keys",
    [`ghp_${"a1B2".repeat(10)}`]: 1,
    "jane.doe@corp-mail.io": { token: "abcdefghij123456" },
  }),
];
