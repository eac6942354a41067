/** Payloads of any kind, for tests that must hold whatever a service sends. */
import fc from "fast-check";

const key = fc.oneof(
  fc.constantFrom(
    ..."event type action title url user status message id items data name number body comment changes from to".split(
      " ",
    ),
    ..."class import def None payload self body link get_link object_attributes created_at amount currency".split(
      " ",
    ),
    "it's",
    'say "hi"',
    "größe",
    "{x}",
    "a\nb",
  ),
  fc.string({ unit: "grapheme", maxLength: 12 }),
);

const text = fc.oneof(
  fc.constantFrom(
    ...['"""', "'\"", "\\", "{x}", "a\nb", "~~~", "\u0000", "x".repeat(2000), "a.b", "", " ", "]"],
    ...["created", "opened", "refs/heads/main", "refs/x", "2024-11-14T08:00:00Z", "[a](b)", "eur"],
    ...["@**all**", "```", "\r\n", "  padded  ", "4f5c6d7e8f9a0b1c2d3e4f5a6b7c8d9e0f1a2b3c"],
  ),
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.webUrl(),
);

const scalar = fc.oneof(
  fc.integer(),
  fc.bigInt().map(Number),
  fc.double(),
  fc.constantFrom(0, -0, 1_731_571_200, 1_731_571_200_123, 3, 1e300),
  fc.boolean(),
  fc.constant(null),
);

/** Any JSON value, of keys and texts that are likely to be in the way. */
export const anyPayload = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    text,
    scalar,
    fc.dictionary(key, tie("value"), { maxKeys: 8 }),
    fc.array(tie("value"), { maxLength: 3 }),
  ),
})).value;

/** Two payloads that look like two of the same service, with fields missing here and there. */
export const twoPayloads = fc
  .tuple(fc.dictionary(key, anyPayload, { maxKeys: 10 }), fc.array(fc.nat(), { maxLength: 4 }))
  .map(([first, dropped]) => {
    const keys = Object.keys(first);
    const second = { ...first };
    for (const place of dropped) {
      const name = keys[place % Math.max(1, keys.length)];
      if (name !== undefined) second[name] = null;
    }
    return [first, second] as [unknown, unknown];
  });
