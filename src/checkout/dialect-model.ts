/** How a tree writes integrations, as plain data. Every name was read from the tree. */

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
  /** That method's parameter that says that nothing is sent, where there is one: `expect_noop`. */
  readonly noopParameter: string | undefined;
  /** That method's second parameter: `expected_topic` or `expected_topic_name`. */
  readonly topicParameter: string;
  /** What tests call the topic that they expect. */
  readonly topicVariable: string;
  /** `assert_stream_message` or `assert_channel_message`. */
  readonly messageAssertion: string;
  /** Where methods that replace one of the test base have their `@override` from, where they have it: `typing_extensions`. */
  readonly overrideModule: string | undefined;
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
