/** The tree as the page works on it: its integrations, fixtures and documentation, and what is written to it. */
import { posix } from "node:path";
import { findIntegration, integrationFiles, openCheckout, readView } from "../../checkout/index.ts";
import type { Checkout, Integration } from "../../checkout/model.ts";
import type { DeliveryRequest, Realm } from "../../engine/index.ts";
import { UserError } from "../../errors.ts";
import { applyChanges } from "../../host/changes.ts";
import { fileStat, readBytes, resolveInside } from "../../host/files.ts";
import { fixtureBytes } from "../../payload/index.ts";
import { type Suggestion, sensitiveIn, suggestName } from "../capture/index.ts";
import { documentationOf } from "./documentation.ts";
import type { LiveEngine } from "./live-engine.ts";
import { requireSmall } from "./payload-size.ts";
import type { Draft } from "./types.ts";
import { toDraft, toWire } from "./wire.ts";

/** What the page needs of other layers; the command hands it in. */
export interface Wiring {
  /** The request that Connect's own tool makes of a fixture; an empty name is a request without a payload. */
  requestFor(checkout: Checkout, integration: Integration, fixture: string): DeliveryRequest;
}

/** An integration as the page shows it. */
export interface IntegrationView {
  name: string;
  displayName: string;
  /** Path of its URL, with its slash. */
  path: string;
  stream: string;
  fixtures: { file: string; path: string }[];
  /** Where new ones go. */
  fixturesDirectory: string;
  bot: Realm["bots"][number] | undefined;
  viewPath: string | undefined;
  docPath: string | undefined;
}

/** What is to become a fixture. */
export interface FixturePlan {
  integration: string;
  /** The file's name. */
  file: string;
  body: Draft["body"];
  encoding: Draft["encoding"];
  /** Writes it although something in it looks like a secret. */
  allowSecrets: boolean;
}

/** Written, or not because of what was found in it. */
export type SaveResult = { saved: true; path: string } | { saved: false; secrets: string[] };

const FILE_NAME = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,120}$/;
const ENDINGS = [".json", ".txt", ".xml", ".multipart"];

export class Workbench {
  #checkout: Checkout;
  readonly #engine: LiveEngine;
  readonly #wiring: Wiring;

  constructor(checkout: Checkout, engine: LiveEngine, wiring: Wiring) {
    this.#checkout = checkout;
    this.#engine = engine;
    this.#wiring = wiring;
  }

  get checkout(): Checkout {
    return this.#checkout;
  }

  /** Reads the registry again. */
  async reopen(): Promise<void> {
    this.#checkout = await openCheckout(this.#checkout.root);
  }

  /** The integration whose URL a path is. */
  integrationAt(path: string): Integration | undefined {
    return this.#checkout.integrations.find(({ url }) => path === `/${url}`);
  }

  /** @throws UserError `unknown-integration`. */
  find(name: string): Integration {
    return findIntegration(this.#checkout, name);
  }

  async view(name: string): Promise<IntegrationView> {
    const integration = this.find(name);
    const files = await integrationFiles(this.#checkout, integration);
    const realm = await this.#engine.realm().catch(() => undefined);
    return {
      name,
      displayName: integration.displayName,
      path: `/${integration.url}`,
      stream: integration.streamName,
      fixtures: files.fixtures.map(({ file, path }) => ({ file, path })),
      fixturesDirectory: integration.fixturesDirectory,
      bot: realm?.bots.find((bot) => bot.integration === name),
      viewPath: files.viewFile,
      docPath: files.docFile,
    };
  }

  /**
   * The request that a fixture makes.
   * @param file Its name; an empty one for a request without a payload.
   * @throws UserError `unknown-integration` or `unknown-fixture`.
   */
  async draft(name: string, file: string, signal?: AbortSignal): Promise<Draft> {
    const integration = this.find(name);
    const payload = file === "" ? {} : await this.#payload(integration, file);
    const request = this.#wiring.requestFor(this.#checkout, integration, file);
    const useBasicAuth = request.useBasicAuth || (await this.#asksForPassword(integration));
    const whole = { ...request, ...payload, useBasicAuth };
    const { parameters, ...prepared } = await this.#engine.prepare(whole, signal);
    return toDraft({ ...prepared, query: new URLSearchParams(parameters).toString() });
  }

  /**
   * The moment that a view sees in pictures when it reads the clock, in milliseconds since 1970.
   * @param file A fixture's name, or an empty one.
   * @throws UserError `unknown-integration`.
   */
  moment(name: string, file: string): number | undefined {
    return this.#wiring.requestFor(this.#checkout, this.find(name), file).now;
  }

  /** The rendered `doc.md`, or undefined when there is none. */
  async documentation(name: string): Promise<string | undefined> {
    const integration = this.find(name);
    const prepared = await this.#engine.prepare({ integration: name }).catch(() => undefined);
    return documentationOf(this.#checkout, integration, prepared?.eventTypes ?? undefined);
  }

  /**
   * The name that a request's payload would get as a fixture.
   * @param madeFrom The fixture that it was made from.
   * @throws UserError `unknown-integration`.
   */
  async suggest(name: string, draft: Draft, madeFrom: string | undefined): Promise<Suggestion> {
    const { fixtures } = await integrationFiles(this.#checkout, this.find(name));
    const existing = await Promise.all(
      fixtures.map(async ({ file, path }) => {
        // One that has just gone is none.
        const bytes = await readBytes(resolveInside(this.#checkout.root, path)).catch(
          () => undefined,
        );
        return bytes ? [{ file, bytes }] : [];
      }),
    );
    const { headers, body } = toWire(draft);
    return suggestName(headers, body, existing.flat(), madeFrom);
  }

  /**
   * Writes a fixture. An existing file is never overwritten.
   * @throws UserError for a name that is none, or that is taken.
   */
  async save(plan: FixturePlan): Promise<SaveResult> {
    const integration = this.find(plan.integration);
    const path = fixturePath(integration, plan.file);
    resolveInside(this.#checkout.root, path);
    const body = Buffer.from(plan.body, plan.encoding);
    const content = fixtureBytes(posix.extname(plan.file).slice(1), body);
    const secrets = plan.allowSecrets ? [] : secretsIn(content, plan.file);
    if (secrets.length > 0) return { saved: false, secrets };
    await applyChanges(this.#checkout.root, [{ path, kind: "create", content }]);
    return { saved: true, path };
  }

  async #payload(
    integration: Integration,
    file: string,
  ): Promise<Pick<DeliveryRequest, "body" | "fixtureName">> {
    const { fixtures } = await integrationFiles(this.#checkout, integration);
    const fixture = fixtures.find((one) => one.file === file);
    if (!fixture) {
      throw new UserError(`${integration.name} has no fixture called '${file}'.`, {
        code: "unknown-fixture",
        hint: "It may have been renamed or removed: choose another.",
      });
    }
    const path = resolveInside(this.#checkout.root, fixture.path);
    requireSmall(fileStat(path)?.size ?? 0, `The fixture ${file}`);
    const body = await readBytes(path);
    return { body, fixtureName: file };
  }

  /** The registry says it for pictures only; the view says it for all. */
  async #asksForPassword(integration: Integration): Promise<boolean> {
    const source = await readView(this.#checkout, integration);
    return /^@authenticated_rest_api_view\b/m.test(source);
  }
}

/** What must not be published, in words that do not repeat it. */
function secretsIn(bytes: Uint8Array, file: string): string[] {
  const extension = posix.extname(file).slice(1);
  return sensitiveIn({ bytes, extension, notes: [] }).map(
    ({ what, masked, where }) => `${what}: ${masked} (${where})`,
  );
}

function fixturePath({ fixturesDirectory }: Integration, file: string): string {
  if (FILE_NAME.test(file) && ENDINGS.includes(posix.extname(file))) {
    return `${fixturesDirectory}/${file}`;
  }
  throw new UserError(`'${file}' is no name for a fixture.`, {
    code: "bad-fixture-name",
    hint: `Use letters, digits, '_' and '-', and one of the endings ${ENDINGS.join(", ")}.`,
  });
}
