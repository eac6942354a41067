/** How the views of a tree read what they are sent: through the library's validators, or round them. */
import { join } from "node:path";
import type { Checkout } from "../checkout/model.ts";
import { readBytesNow } from "../host/read-now.ts";

/** Ways of reading a request that go round the validators, each with what such a view does. */
export const bypasses: readonly (readonly [RegExp, string])[] = [
  [/\bloads\(\s*request\.body\b/, "parses the request's body by itself"],
  [/\brequest\.(POST|GET)\s*(\[|\.get\()/, "reads the request's parameters by itself"],
  [/\bJsonBodyPayload\[(Dict|dict|Any|List|list|object)\b/, "takes the payload as it comes"],
  [/=\s*REQ\(\s*argument_type\s*=\s*"body"\s*\)/, "takes the payload as it comes"],
];

/**
 * Which modules of views read a payload, and whether they use the validators.
 * @returns Modules by their dotted names; those that read nothing are left out.
 */
export function validatorUse({ root, integrations }: Checkout): ReadonlyMap<string, boolean> {
  const modules = new Set(integrations.map(({ viewModule }) => viewModule));
  return new Map(
    [...modules].flatMap((module) => {
      const path = join(root, module.replaceAll(".", "/"));
      const bytes = readBytesNow(`${path}.py`) ?? readBytesNow(join(path, "__init__.py"));
      const text = bytes?.toString("utf8") ?? "";
      const uses = text.includes("WildValue");
      const reads = uses || bypasses.some(([pattern]) => pattern.test(text));
      return reads ? [[module, uses] as const] : [];
    }),
  );
}
