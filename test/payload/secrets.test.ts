import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  findPayloadCredentials,
  findSensitive,
  Redactor,
} from "../../src/payload/secrets/index.ts";

const found = (text: string, format: "json" | "form" | "other" = "json"): string[] =>
  findSensitive(text, format).map(({ what, where }) => `${where}: ${what}`);

const token = `ghp_${"a1B2".repeat(9)}`;

/** A form in parts with these fields, and a file among them. */
const inParts = (fields: Record<string, string>, end = "\r\n"): string =>
  [
    ...Object.entries(fields).map(
      ([name, value]) => `--x7\nContent-Disposition: form-data; name="${name}"\n\n${value}\n`,
    ),
    '--x7\nContent-Disposition: form-data; name="secret"; filename="a.txt"\n\nplain-file-text\n--x7--\n',
  ]
    .join("")
    .replaceAll("\n", end);

describe("secrets in a form in parts", () => {
  const fields = { lamp: "north", client_secret: "d41d8cd98f00b204", session_id: "77aa88bb99cc" };

  it.each(["\n", "\r\n"])("are found by the names of its fields, with %j at its ends", (end) => {
    const text = inParts(fields, end);
    const sensitive = findSensitive(text, "other");
    expect(sensitive.map(({ what, value }) => [what, value])).toEqual([
      ["a secret", "d41d8cd98f00b204"],
      ["a session", "77aa88bb99cc"],
    ]);
    const leaks = findPayloadCredentials(text, false);
    expect(leaks.map(({ what, isPassing }) => [what, isPassing])).toEqual([
      ["a secret", false],
      ["a session", true],
    ]);
  });

  it("are what it says, and no file and no end of a body that was cut", () => {
    expect(findSensitive(inParts({ secret: "none", token: "<token>" }), "other")).toEqual([]);
    expect(found(inParts(fields).slice(0, -90), "other")).toHaveLength(2);
  });
});

describe("secrets in payloads", () => {
  it.each([
    ["a token of a known form", `{"x":["${token}"]}`, "x[0]: a GitHub token"],
    ["a token in a link", `{"u":"https://h.example/?t=${token}"}`, "u: a GitHub token"],
    ["a key named secret", '{"a":{"clientSecret":"d41d8cd98f00b204"}}', "a.clientSecret: a secret"],
    ["a token by its key", '{"access_token":"f3a9-77c1-0b"}', "access_token: a token"],
    ["a key of an API", '{"apiKey":"z9y8x7w6v5"}', "apiKey: a key"],
    ["a password", '[{"password":"hunter2hunter"}]', "[0].password: a password"],
    [
      "a signed-in header",
      '{"headers":{"Authorization":"Basic dTpwdw=="}}',
      "headers.Authorization: a header that signs in",
    ],
    ["a mail address", '{"by":{"mail":"Jane.Roe+x@corp.io"}}', "by.mail: a mail address"],
    ["a phone number", '{"text":"call +49 170 1234567 now"}', "text: a phone number"],
    ["a phone by its key", '{"phone":"(030) 901820-11"}', "phone: a phone number"],
    [
      "a private key",
      '{"k":"-----BEGIN RSA PRIVATE KEY-----\\nMIIabc+/=\\n-----END RSA PRIVATE KEY-----"}',
      "k: a private key",
    ],
    [
      "a JWT",
      `{"j":"eyJ${"a".repeat(12)}.eyJ${"b".repeat(12)}.${"c".repeat(24)}"}`,
      "j: a signed token",
    ],
    [
      "a password in a link",
      '{"db":"https://root:tr0ub4dor@db.corp.io/x"}',
      "db: a password in a URL",
    ],
    ...[
      "postgres://app:Quay17street@db.internal:5432/prod",
      "postgresql+psycopg2://app:Quay17street@db/prod",
      "redis://:Quay17street@cache:6379/0",
      "amqps://lamp:Quay17street@queue.corp.io",
      "mongodb+srv://lamp:Quay17street@cluster.corp.io",
      "https://f3a977c10b:Quay17street@errors.corp.io/17",
      "ftp://lamp:Quay17street@files.example.org/",
    ].map((url) => [`a password in ${url}`, `{"dsn":"${url}"}`, "dsn: a password in a URL"]),
  ])("finds %s", (_what, text, expected) => {
    expect(found(text)).toEqual([expected]);
  });

  it.each([
    ["a mail address with an escape", '{"m":"ada.roe\\u0040corp.io"}', "m: a mail address"],
    ["a number whose plus is escaped", '{"From":"\\u002B48601234567"}', "From: a phone number"],
    [
      "a link with escaped slashes",
      '{"a":"https:\\/\\/root:tr0ub4dor@db.corp.io"}',
      "a: a password in a URL",
    ],
    [
      "a mail address in JSON within JSON",
      '{"p":"{\\"m\\":\\"ada.roe\\\\u0040corp.io\\"}"}',
      "p: a mail address",
    ],
    ["a key with an escape", '{"pass\\u0077ord":"hunter2hunter"}', "pass\\u0077ord: a password"],
    ["a mail address of another script", '{"m":"józef@zażółć.pl"}', "m: a mail address"],
    ["a mail address in a link", '{"m":"mailto:ada.roe@corp.io"}', "m: a mail address"],
    ["a password of words", '{"password":"correct horse battery staple"}', "password: a password"],
    ["a number as a token", '{"access_token":48291038472}', "access_token: a token"],
    [
      "the strings of a list",
      '{"Cookie":["a=1","session=77c10b"]}',
      "Cookie[1]: a header that signs in",
    ],
    ["a value behind its name", '[{"name":"X-Api-Key","value":"z9y8x7w6v5"}]', "[0].value: a key"],
    ["a value before its name", '[{"value":"z9y8x7w6v5","key":"api_key"}]', "[0].value: a key"],
  ])("finds %s", (_what, text, expected) => {
    expect(found(text)).toEqual([expected]);
  });

  it.each([
    ["a word for a secret", '{"secret_key":"<secret_key>","client_secret":"{{ client.secret }}"}'],
    ["the ID of a message", '{"headers":{"message-id":"20260102030405.7A8B@mta3.harbour.io"}}'],
    ["that of the one it answers", '{"In-Reply-To": "<CAF-42.x1@mta3.harbour.io>"}'],
    ["a decimal with its sign", '{"labels":"value=+42208.256292221"}'],
    ["digits counted up", '{"phone":"123-456-7890","other_phone":"+1234567890"}'],
    ["one digit", '{"phone":"5555555555"}'],
  ])("leaves alone %s", (_what, text) => {
    expect(found(text)).toEqual([]);
  });

  it("finds an address under a key that only looks like that of a message's ID", () => {
    expect(found('{"message-id":"ada.roe@corp.io"}')).toEqual(["message-id: a mail address"]);
    expect(found('{"message_identity":"roe77@corp.io"}')).toHaveLength(1);
  });

  it("finds a number whose country has a point behind it", () => {
    expect(found('{"t":"+48.601234567"}')).toEqual(["t: a phone number"]);
  });

  it("finds each secret of a long list", () => {
    const password = Array.from({ length: 200 }, (_, index) => `hunter${index}hunter`);
    expect(found(JSON.stringify({ password }))).toHaveLength(200);
  });

  it("finds what a form encodes", () => {
    expect(found("e=a&mail=ada.roe%40corp.io", "form")).toEqual(["line 1: a mail address"]);
    expect(found("From=%2B48601234567&Body=hi", "form")).toEqual(["line 1: a phone number"]);
    expect(found("t=https%3A%2F%2Froot%3Atr0ub4dor%40db.corp.io", "form")).toEqual([
      "line 1: a password in a URL",
    ]);
    expect(found("payload=%7B%22password%22%3A%22hunter2hunter%22%7D", "form")).toEqual([
      "line 1: a password",
    ]);
  });

  it.each([
    ['{"m":"ada.roe\\u0040corp.io","n":"ada.roe@corp.io"}', "json"],
    [
      '{"access_token":48291038472,"password":["hunter2hunter"],"From":"\\u002B48601234567"}',
      "json",
    ],
    ["mail=ada.roe%40corp.io&From=%2B48601234567&token=ab%2Bcd12345", "form"],
  ] as const)("replaces escaped values so that the text is still one of its format: %s", (text, format) => {
    const { text: clean } = new Redactor().redact(text, findSensitive(text, format));
    expect(found(clean, format)).toEqual([]);
    expect(clean).not.toMatch(/ada|48601|hunter2|48291|12345/);
    if (format === "json") {
      const { m, n } = JSON.parse(clean);
      expect(m).toBe(n);
    } else expect([...new URLSearchParams(clean).keys()]).toEqual(["mail", "From", "token"]);
  });

  it("finds fields of forms, and lines of other texts", () => {
    expect(found("token=ab%2Bcd12345&x=1", "form")).toEqual(["line 1: a token"]);
    expect(found("a\nb jane.roe@corp.io", "other")).toEqual(["line 2: a mail address"]);
  });

  it.each([
    '{"email":"user1@example.com","b":"noreply@github.com","c":"git@github.com:o/r.git"}',
    '{"token":"","password":null,"secret":"********","api_key":"xxxxxxxxxxxx"}',
    '{"token_type":"bearer","next_token":3,"tokens":"many words here","secret":"is a word"}',
    '{"id":123456789012,"time":"2024-01-01T00:00:00+00:00","tz":"+0200","version":"1.2.3.4"}',
    '{"sha":"da1560886d4f094c3e6c9ef40349f7d38b5d27d7","phone":"+1 555 0100","node_id":"MDQ6VXNlcjE="}',
    '{"phone":"","mobile":"none","fax":null}',
  ])("is silent about %s", (text) => {
    expect(found(text)).toEqual([]);
  });

  it.each([
    "postgres://user:password@localhost/x",
    "postgres://postgres:postgres@db/x",
    "amqp://guest:guest@queue",
    "redis://:<password>@cache",
    "mysql://root:********@db",
    "mysql://root:xxx@db",
    "https://lamp:your_token@lamps.dev",
    "https://lamp:[token]@lamps.dev",
    "https://{user}:{password}@lamps.dev",
    "https://ada:lamplight@git.example.com/x",
    "http://lamps.dev:8080@x",
    "https://lamps.dev/a:b@c",
    "ssh://git@lamps.dev:lamps/x.git",
  ])("takes %s for no secret", (url) => {
    expect(found(JSON.stringify({ url }))).toEqual([]);
  });

  it("never shows a value", () => {
    const text = `{"token":"${token}","mail":"jane.roe@corp.io","password":"hunter2hunter"}`;
    const shown = findSensitive(text, "json").map(({ masked }) => masked);
    expect(shown).toEqual(["ghp_… (40 characters)", "j…@corp.io", "h… (13 characters)"]);
  });
});

describe("redaction", () => {
  const redact = (redactor: Redactor, text: string): string =>
    redactor.redact(text, findSensitive(text, "json")).text;

  it("replaces a value alike everywhere, keeps its form, and leaves two values two", () => {
    const redactor = new Redactor();
    const other = token.replace("a1", "b1");
    expect(redact(redactor, `{"token":"${token}","m":"jane.roe@corp.io"}`)).toBe(
      `{"token":"ghp_${"xxXx".repeat(9).slice(0, -1)}1","m":"user1@example.com"}`,
    );
    expect(
      redact(redactor, `{"token":"${other}","m":"jane.roe@corp.io","n":"max.roe@corp.io"}`),
    ).toBe(
      `{"token":"ghp_${"xxXx".repeat(9).slice(0, -1)}2","m":"user1@example.com","n":"user2@example.com"}`,
    );
    expect(redact(redactor, `{"later":"see /t/${token}/x"}`)).toContain("ghp_xxXx");
  });

  it("leaves nothing to find, JSON what it was, and every other byte alone", () => {
    const values = fc.constantFrom(
      token,
      "jane.roe@corp.io",
      "+49 170 1234567",
      "d41d8cd98f00b204",
      'q"uo\\te\u0001d-secret',
      "пароль-12345",
    );
    const keys = fc.constantFrom("client_secret", "mail", "phone", "text", "token", "a b");
    const payload = fc.array(
      fc.record({ k: keys, v: fc.oneof(values, fc.string()), n: fc.integer() }),
    );
    fc.assert(
      fc.property(payload, (rows) => {
        const text = JSON.stringify(
          rows.map(({ k, v, n }) => ({ [k]: v, n })),
          null,
          1,
        );
        const findings = findSensitive(text, "json");
        const result = new Redactor().redact(text, findings).text;
        expect(findSensitive(result, "json")).toEqual([]);
        const after = JSON.parse(result) as Record<string, unknown>[];
        for (const [index, { k, v, n }] of rows.entries()) {
          expect(Object.keys(after[index] ?? {})).toEqual(Object.keys({ [k]: v, n }));
          expect(after[index]?.n).toBe(n);
        }
        if (findings.length === 0) expect(result).toBe(text);
      }),
      { numRuns: 200 },
    );
  });
});
