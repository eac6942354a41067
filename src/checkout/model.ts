/**
 * What this program knows about a Connect tree, as plain data.
 *
 * Paths are POSIX and relative to the checkout's root unless a name ends in `Absolute`; join them with
 * `checkout.root` to read or write. Every name and path was read from the tree's own registry
 * (`zerver/lib/integrations.py`) and library, never guessed.
 */
import type { Dialect } from "./dialect-model.ts";

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
