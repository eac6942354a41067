/** What `new` writes is what `lint` asks for, whatever the body of the requests is. */
import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { cli } from "../support/cli.ts";
import { edit, temporaryWorkspace } from "../support/tree.ts";

const moored = { event: "ship.moored", ship: { name: "Aurora", berth: "B7" } };
const left = { event: "ship.left", ship: { name: "Aurora", berth: "B7" } };

const parts = (fields: Record<string, string>): string => {
  const all = Object.entries(fields).map(
    ([name, value]) =>
      `--quay7\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  return `${all.join("")}--quay7--\r\n`;
};

const bodies: readonly [what: string, ending: string, bodies: readonly string[]][] = [
  ["JSON", "json", [JSON.stringify(moored), JSON.stringify(left)]],
  [
    "keys that are no names for variables",
    "json",
    ["moored", "left"].map((word) =>
      JSON.stringify({
        event: `ship.${word}`,
        l: "Aurora",
        O: 12,
        I: "B7",
        class: "liner",
        ls: [{ l: "a" }],
      }),
    ),
  ],
  ["a list", "json", [JSON.stringify([moored, left]), JSON.stringify([left])]],
  ["a form", "txt", ["event=ship.moored&ship=Aurora&berth=B7", "event=ship.left&ship=Aurora"]],
  [
    "JSON in a field",
    "txt",
    [moored, left].map((body) => new URLSearchParams({ payload: JSON.stringify(body) }).toString()),
  ],
  [
    "a form in parts",
    "multipart",
    [
      parts({ event: "ship.moored", ship: "Aurora" }),
      parts({ event: "ship.left", ship: "Aurora" }),
    ],
  ],
  [
    "JSON in a part",
    "multipart",
    [moored, left].map((body) => parts({ payload: JSON.stringify(body) })),
  ],
  [
    "XML",
    "xml",
    ["moored", "left"].map(
      (event) => `<notice><event>ship.${event}</event><ship>Aurora</ship></notice>`,
    ),
  ],
];

/** A tree whose type checker asks for the mark, as Connect's does. */
function withExplicitOverride(): string {
  const root = temporaryWorkspace();
  appendFileSync(
    join(root, "pyproject.toml"),
    '\n[tool.mypy]\nenable_error_code = ["explicit-override"]\n',
  );
  return root;
}

/** A tree that is older than the mark. */
function withoutOverride(): string {
  const root = temporaryWorkspace();
  for (const file of ["zerver/lib/test_classes.py"])
    edit(root, file, (text) =>
      text
        .replace(/^from typing_extensions import override\n/m, "")
        .replace(/^ +@override\n/gm, ""),
    );
  return root;
}

/** Only the author has the logo, the picture and the answers to these. */
const leftToAuthor = /^(logo-placeholder|screenshot-image|doc-todo|leftovers)$/;

describe.each([
  ["the workspace", temporaryWorkspace, true],
  ["a tree with explicit overrides", withExplicitOverride, true],
  ["a tree without overrides", withoutOverride, false],
] as const)("a draft in %s", (_tree, made, marks) => {
  it.each(bodies)("of %s passes lint", async (_what, ending, [first = "", second = ""]) => {
    const cwd = made();
    const files = { [`moored.${ending}`]: first, [`left.${ending}`]: second };
    for (const [name, text] of Object.entries(files)) writeFileSync(join(cwd, name), text);
    const start = ["new", "quayside", "--category", "deployment", "--yes", "--no-screenshot"];
    const drafted = await cli([...start, "--payload", ...Object.keys(files)], { cwd });
    expect({ ...drafted, stdout: "" }).toMatchObject({ exitCode: 0 });
    const { stdout } = await cli(["lint", "quayside", "--json"], { cwd });
    const { problems } = JSON.parse(stdout) as {
      problems: { rule: string; severity: string; message: string }[];
    };
    const avoidable = problems.filter(
      ({ rule, severity, message }) =>
        (severity !== "hint" || /\([A-Z]+\d+\)/.test(message)) && !leftToAuthor.test(rule),
    );
    expect(avoidable).toEqual([]);
    const tests = readFileSync(join(cwd, "zerver/webhooks/quayside/tests.py"), "utf8");
    const replaces = /def get_(body|payload)\(/.test(tests);
    expect(/^ {4}@override\n {4}def get_/m.test(tests)).toBe(marks && replaces);
    expect(/^from typing_extensions import override$/m.test(tests)).toBe(marks && replaces);
  });
});
