/**
 * What this program knows about a Connect tree, as plain data.
 *
 * Paths are POSIX and relative to the checkout's root unless a name ends in `Absolute`; join them with
 * `checkout.root` to read or write. Every name and path was read from the tree's own registry
 * (`zerver/lib/integrations.py`) and library, never guessed.
 */

/** A range of a source text, in UTF-16 units as `String.slice` takes them: `from` included, `to` excluded. */
export interface SourceRange {
  readonly from: number;
  readonly to: number;
}

/** A whole Connect repository, or a small workspace made by `connect-webhook init`. */
export type CheckoutKind = "checkout" | "workspace";

/** An opened Connect tree. Nothing in it changes; open it again after an edit. */
export interface Checkout {
  /** Absolute path of the tree's root, in the platform's own form. */
  readonly root: string;
  readonly kind: CheckoutKind;
  /** Path of the registry file. */
  readonly registryPath: string;
  /** The registry's text; ranges point into it. It is exactly what the file holds, unless that has conflicts. */
  readonly registrySource: string;
  /** Line (from 1) of the first conflict marker of an unfinished merge in the registry; it is then read, but not edited. */
  readonly registryConflict: number | undefined;
  /** How this tree writes integrations. */
  readonly dialect: Dialect;
  /** The categories an integration may have, in the registry's order. */
  readonly categories: readonly Category[];
  /** The registered webhook integrations, in the registry's order. */
  readonly integrations: readonly Integration[];
  /** Names taken by integrations that are no webhooks (bots, Hubot scripts, …). A new name may not be one of them. */
  readonly otherNames: ReadonlySet<string>;
  /** Folders in `zerver/webhooks` that no registered integration uses, as names, sorted. */
  readonly orphans: readonly string[];
  /** Names in the tree's "has no screenshot" set. */
  readonly noScreenshotNames: ReadonlySet<string>;
}

/** A category as the registry declares it. */
export interface Category {
  /** The key, such as `version-control`. */
  readonly key: string;
  /** The name people see, such as `Version control`. */
  readonly label: string;
  /** True for categories that name no type of tool (frameworks, bots). */
  readonly meta: boolean;
}

/** One registered incoming webhook integration. */
export interface Integration {
  readonly name: string;
  /** The registry's rule: its `display_name`, else the name in Python's title case. */
  readonly displayName: string;
  readonly clientName: string;
  /** Category keys. */
  readonly categories: readonly string[];
  /** The stream (channel) the registry names, else the integration's name. */
  readonly streamName: string;
  readonly legacy: boolean;
  readonly secondaryLineText: string | undefined;
  /** URL path without a leading slash, such as `api/v1/external/github`. */
  readonly url: string;
  /** Dotted path of the view, such as `zerver.webhooks.github.view.api_github_webhook`. */
  readonly functionPath: string;
  /** Name of the view function. */
  readonly functionName: string;
  /** Dotted module that holds the view, such as `zerver.webhooks.github.view`. */
  readonly viewModule: string;
  /** Name of the folder in `zerver/webhooks`; other than `name` where an integration lives in another's folder. */
  readonly directoryName: string;
  /** Path of that folder. */
  readonly directory: string;
  readonly initFile: string;
  readonly testsFile: string;
  readonly docFile: string;
  readonly fixturesDirectory: string;
  /** The logo by the registry's rule (stated, else SVG, else PNG); undefined when neither default file is there. A stated logo may be missing on disk. */
  readonly logo: string | undefined;
  /** Where a new logo goes: the stated one, else the default SVG path. */
  readonly expectedLogo: string;
  /** Where the bot's avatar belongs, whether or not it is there: named after the logo, else after the integration. */
  readonly avatar: string;
  /** The configured documentation pictures, in the registry's order. */
  readonly screenshots: readonly ScreenshotEntry[];
  /** True when the tree says that this integration has no screenshot. */
  readonly noScreenshot: boolean;
  /** Range of the registry entry, without its trailing comma. */
  readonly range: SourceRange;
  /** Line of the registry entry, from 1. */
  readonly line: number;
}

/** One configured documentation picture. */
export interface ScreenshotEntry {
  /** File name of the fixture in the integration's fixtures folder; empty for integrations that are driven by parameters only. */
  readonly fixture: string;
  /** Such as `001.png`. */
  readonly imageName: string;
  /** Folder under the integrations' image folder; the integration's name unless stated. */
  readonly imageDir: string;
  /** Path of the picture, such as `static/images/integrations/github/001.png`. */
  readonly imagePath: string;
  /** Name of the sending bot when the registry states one. */
  readonly botName: string | undefined;
  readonly payloadAsQueryParam: boolean;
  readonly payloadParamName: string;
  readonly extraParams: Readonly<Record<string, string>>;
  readonly useBasicAuth: boolean;
  readonly customHeaders: Readonly<Record<string, string>>;
  /** The channel the picture shows, where the tree's config has that field. */
  readonly channel: string | undefined;
  /** Range of the config call in the registry. */
  readonly range: SourceRange;
  /** Line of the config call, from 1. */
  readonly line: number;
}

/** A file in an integration's fixtures folder. */
export interface Fixture {
  /** File name, such as `push.json`. */
  readonly file: string;
  /** Name without the extension, as tests use it. */
  readonly name: string;
  /** Without the dot, in lower case: `json`, `txt`, `xml`, `multipart`; empty when there is none. */
  readonly extension: string;
  readonly path: string;
  /** Path the symbolic link points to, relative to the root; undefined for a plain file. */
  readonly linkTarget: string | undefined;
}

/** What is really on disk for one integration; read on demand with `integrationFiles`. */
export interface IntegrationFiles {
  /** The view's file: a module, or the package's `__init__.py`. Undefined when there is none. */
  readonly viewFile: string | undefined;
  /** All Python files of the view: the module, or every file of the package; then further modules of the folder. */
  readonly viewFiles: readonly string[];
  readonly initFile: string | undefined;
  readonly testsFile: string | undefined;
  readonly docFile: string | undefined;
  readonly logo: string | undefined;
  readonly avatar: string | undefined;
  /** Sorted by file name. */
  readonly fixtures: readonly Fixture[];
  /** Configured pictures that are there, by path. */
  readonly images: readonly string[];
}

/** How entries of the registry are ordered. `mostly` means a few entries stand out of the alphabet. */
export type EntryOrder = "sorted" | "mostly" | "free";

/** How a tree writes integrations. Read from the tree, never derived from a version number. */
export interface Dialect {
  readonly registry: RegistryDialect;
  readonly view: ViewDialect;
  readonly tests: TestDialect;
  readonly docs: DocDialect;
  /** Folder that holds logos, avatars and pictures: `static/images/integrations`. */
  readonly imageRoot: string;
  /** The static root that logo paths in the registry are relative to: `static`. */
  readonly staticRoot: string;
}

/** How the registry is written. */
export interface RegistryDialect {
  /** `WebhookIntegration` or `IncomingWebhookIntegration`. */
  readonly webhookClass: string;
  /** `WEBHOOK_INTEGRATIONS` or `INCOMING_WEBHOOK_INTEGRATIONS`. */
  readonly webhookList: string;
  readonly order: EntryOrder;
  /** The constructor's parameters in order, without `self`. */
  readonly parameters: readonly string[];
  /** The parameter that names the default stream, where there is one: `stream_name`. */
  readonly streamParameter: string | undefined;
  /** `dict`: a module dictionary by name; `inline`: on the entry; `none`: the tree has no config. */
  readonly screenshotStyle: "dict" | "inline" | "none";
  /** `ScreenshotConfig` or `WebhookScreenshotConfig`. */
  readonly screenshotClass: string | undefined;
  /** Fields of the config in order, such as `fixture_name`, `image_name`. */
  readonly screenshotFields: readonly string[];
  /** Name of the dictionary, in the `dict` style. */
  readonly screenshotDict: string | undefined;
  readonly screenshotOrder: EntryOrder;
  /** Constructor parameter that takes the configs, in the `inline` style. */
  readonly screenshotParameter: string | undefined;
  /** Name of the set of integrations without pictures. */
  readonly noScreenshotSet: string | undefined;
  /** Line length that the tree's formatter is set to. */
  readonly lineLength: number;
}

/** How views are written. */
export interface ViewDialect {
  /** `legacy`: `Dict`, `Optional`; `modern`: `dict`, `X | None`. */
  readonly typing: "legacy" | "modern";
  /** What views call the topic: `topic` or `topic_name`. */
  readonly topicVariable: string;
  /** The helper that reads a required event header: `validate_extract_webhook_http_header` or `get_event_header`. */
  readonly eventHeaderFunction: string | undefined;
  /** Whether that helper takes a header as Django calls it, `X_EVENT`, instead of `X-Event`. */
  readonly eventHeaderAsDjango: boolean;
  /** Parameters of that helper that have to be given, in order, such as `request`, `header`, `integration_name`. */
  readonly eventHeaderParameters: readonly string[];
  /** The helper that makes `fixture_to_headers` from file names: `get_http_headers_from_filename` or `default_fixture_to_headers`. */
  readonly fixtureHeadersFunction: string | undefined;
  /** The helper that checks a signature, where there is one: `validate_webhook_signature`. */
  readonly signatureFunction: string | undefined;
  /** Functions and classes that `zerver/lib/webhooks/common.py` defines. */
  readonly commonNames: ReadonlySet<string>;
  /** True when the tree has `typed_endpoint`; older trees have `has_request_variables`. */
  readonly typedEndpoint: boolean;
  readonly library: LibraryDialect;
  /** Module to import `UserProfile` from: `zerver.models`. */
  readonly userProfileModule: string;
  /** Module that holds `get_realm`: `zerver.models` or `zerver.models.realms`. */
  readonly realmModule: string;
  /** Module that holds the user getters: `zerver.models` or `zerver.models.users`. */
  readonly userModule: string;
}

/** What of the library views are written with. */
export interface LibraryDialect {
  /** The error of an event that a view does not know: `UnsupportedWebhookEventTypeError`, or an older name. */
  readonly unsupportedEvent: string | undefined;
  /** Whether that error is told the integration's name before the event's, as in 2020. */
  readonly unsupportedEventTakesName: boolean;
  /** False in trees before 2022, where a payload is a plain `Dict[str, Any]`. */
  readonly wildValue: boolean;
  /** The decorator: `webhook_view` or `api_key_only_webhook_view`. */
  readonly webhookView: string;
  /** Whether that decorator takes `all_event_types`. */
  readonly declaresEvents: boolean;
  /** Whether `json_success` takes the request. */
  readonly successTakesRequest: boolean;
  /** Whether `check_send_webhook_message` takes the event's type. */
  readonly sendTakesEvent: boolean;
}

/** How tests are written. Attributes are undefined where the tree's test base does not know them. */
export interface TestDialect {
  /** `STREAM_NAME` or `CHANNEL_NAME`. */
  readonly streamAttribute: string | undefined;
  /** False when the test base gives the stream a usable default. */
  readonly streamRequired: boolean;
  /** `URL_TEMPLATE`. */
  readonly urlTemplateAttribute: string | undefined;
  /** False when the test base derives the URL by itself. */
  readonly urlTemplateRequired: boolean;
  /** `WEBHOOK_DIR_NAME`, or `FIXTURE_DIR_NAME` before 2021. */
  readonly directoryAttribute: string | undefined;
  /** True when a test class should state its folder because the test base does not derive it. */
  readonly directoryRequired: boolean;
  /** `VIEW_FUNCTION_NAME`. */
  readonly viewFunctionAttribute: string | undefined;
  /** The method that sends a fixture and compares: `check_webhook`, or `send_and_test_stream_message` before September 2020. */
  readonly checkMethod: string;
  /** That method's second parameter: `expected_topic` or `expected_topic_name`. */
  readonly topicParameter: string;
  /** What tests call the topic that they expect. */
  readonly topicVariable: string;
  /** `assert_stream_message` or `assert_channel_message`. */
  readonly messageAssertion: string;
}

/** How `doc.md` is written. */
export interface DocDialect {
  /** `plain`: no heading, no tabs; `sections`: an H1, `{start_tabs}` and `### Related documentation`. */
  readonly style: "plain" | "sections";
  /** Folder of the macros. */
  readonly macroDirectory: string;
  /** Macro file names without `.md`. */
  readonly macros: ReadonlySet<string>;
  /** What the docs call the product: `Connect`, `OneHash Connect` or `Zulip`. */
  readonly productName: string;
  /** What the docs call a channel: `stream` or `channel`. */
  readonly streamWord: string;
  /** URL prefix of an integration's page: `/integrations/doc/` or `/integrations/`. */
  readonly urlPrefix: string;
}

/** A new integration, to be spliced into the registry with `planRegistration`. */
export interface Registration {
  /** Already through `validateIntegrationName`. */
  readonly name: string;
  /** Written only where it differs from the registry's own rule. */
  readonly displayName: string;
  /** Category keys, at least one. */
  readonly categories: readonly string[];
  /** Default stream; written only where the registry has such a parameter and it differs from the name. */
  readonly streamName?: string | undefined;
  /** Logo path relative to the static root, when it is not the default one. */
  readonly logo?: string | undefined;
  /** The documentation pictures; an empty list enters the integration as one without pictures, where the tree keeps such a set. */
  readonly screenshots: readonly ScreenshotRequest[];
  /** Further arguments of the entry by parameter, as Python source. */
  readonly further?: Readonly<Record<string, string>> | undefined;
}

/** One documentation picture to register. Only what differs from the config's defaults is written. */
export interface ScreenshotRequest {
  /** File name of the fixture, such as `push.json`. */
  readonly fixture: string;
  readonly imageName?: string | undefined;
  readonly imageDir?: string | undefined;
  readonly botName?: string | undefined;
  readonly payloadAsQueryParam?: boolean | undefined;
  readonly payloadParamName?: string | undefined;
  readonly extraParams?: Readonly<Record<string, string>> | undefined;
  readonly useBasicAuth?: boolean | undefined;
  readonly customHeaders?: Readonly<Record<string, string>> | undefined;
}

/** A planned edit of one text file. */
export interface RegistryEdit {
  /** Path of the file. */
  readonly path: string;
  readonly before: string;
  readonly after: string;
}
