/** How a tree writes views: read from its webhook library, its models and some of its views. */
import { join } from "node:path";
import { isFile, readTextIfExists } from "../host/files.ts";
import { parseModule } from "../python/parse-module.ts";
import type { ViewDialect } from "./dialect-model.ts";
import { readLibraryDialect } from "./library-dialect.ts";
import { topicVariableIn } from "./samples.ts";

/**
 * @param root Absolute root of the tree.
 * @param registrySource The source of its registry.
 * @param samples Texts of some of its views.
 * @param topicParameter The test base's name for the topic, which decides where views leave it open.
 */
export async function readViewDialect(
  root: string,
  registrySource: string,
  samples: readonly string[],
  topicParameter: string,
): Promise<ViewDialect> {
  const common = parseModule(
    (await readTextIfExists(join(root, "zerver/lib/webhooks/common.py"))) ?? "",
  );
  const commonNames = new Set([
    ...common.functions.map((one) => one.name),
    ...common.classes.map((one) => one.name),
    ...common.assignments.map((one) => one.target),
  ]);
  const first = (...names: string[]): string | undefined =>
    names.find((name) => commonNames.has(name));
  const eventHeaderFunction = first("get_event_header", "validate_extract_webhook_http_header");
  const eventHeader = common.functions.find((one) => one.name === eventHeaderFunction);
  return {
    typing: typingOf(registrySource + common.text),
    topicVariable:
      topicVariableIn(samples, "topic_name", "topic") ??
      (topicParameter.endsWith("_name") ? "topic_name" : "topic"),
    eventHeaderFunction,
    eventHeaderParameters:
      eventHeader?.parameters
        .filter(({ default: usual }) => usual === undefined)
        .map(({ name }) => name) ?? [],
    // Before 2022 the helper puts what Django calls headers by in front.
    eventHeaderAsDjango: /META\.get\(\s*DJANGO_HTTP/.test(common.text),
    fixtureHeadersFunction: first("default_fixture_to_headers", "get_http_headers_from_filename"),
    signatureFunction: first("validate_webhook_signature"),
    commonNames,
    library: await readLibraryDialect(root),
    typedEndpoint: isFile(join(root, "zerver/lib/typed_endpoint.py")),
    userProfileModule: "zerver.models",
    realmModule: modelModule(root, "realms"),
    userModule: modelModule(root, "users"),
  };
}

function typingOf(source: string): ViewDialect["typing"] {
  const legacy = source.match(/\b(Dict|List|Tuple|Optional|Union)\[/g)?.length ?? 0;
  const modern = source.match(/\b(dict|list|tuple)\[|\| None\b/g)?.length ?? 0;
  return legacy > modern ? "legacy" : "modern";
}

/** Since the models are a package, each getter stands in the module of its model. */
function modelModule(root: string, name: string): string {
  // A workspace describes its models in stubs: the engine has the tables.
  const files = [`zerver/models/${name}.py`, `zerver/models/${name}.pyi`];
  return files.some((file) => isFile(join(root, file))) ? `zerver.models.${name}` : "zerver.models";
}
