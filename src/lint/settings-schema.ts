/** What may stand in `connect-webhook.config.json`. docs/config.schema.json is made from it. */
import { z } from "zod";

/** A text that says something. */
const text = z
  .string({ error: ({ input }) => (input === undefined ? "is missing" : "is no text") })
  .regex(/\S/, "is no text");

/** Says of an object which entry it may not have, and of anything else that it is none. */
const sentence = {
  error: ({ code, keys }: { code: string; keys?: unknown }): string =>
    code === "unrecognized_keys"
      ? `has an unknown entry "${(keys as string[])[0]}"`
      : "is no object",
};

const object = <Shape extends z.ZodRawShape>(shape: Shape) => z.strictObject(shape, sentence);

/**
 * The schema of the settings file. An issue's message goes on from the place that it is about.
 * @param ids The rules that there are.
 */
export function settingsSchema(ids: readonly string[]) {
  const severity = z.enum(
    ["error", "warning", "hint", "off"],
    "is none of error, warning, hint and off",
  );
  const severities = z.partialRecord(z.enum(ids), severity, sentence);
  const exception = object({
    rule: z.enum(ids, "names no rule"),
    integration: text.optional(),
    path: text.optional().describe("Relative to the tree's root."),
    reason: text,
  })
    .refine(({ integration, path }) => (integration ?? path) !== undefined, {
      error: "names neither an integration nor a path",
    })
    .meta({ anyOf: [{ required: ["integration"] }, { required: ["path"] }] });
  const lint = object({
    rules: severities
      .optional()
      .describe("The severity of a rule in this tree; off means that it does not run."),
    exceptions: z
      .array(exception, "is not a list")
      .optional()
      .describe("Findings that are all right, and why."),
  });
  return object({ $schema: z.string("is no text").optional(), lint: lint.optional() }).meta({
    title: "connect-webhook.config.json",
    description:
      "Settings of connect-webhook for one Connect tree. The file stands at the tree's root.",
  });
}
