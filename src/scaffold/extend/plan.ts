/** `extend`: what becomes of each payload, and the view with their events in it. Nothing is written here. */
import {
  type Delivery,
  missesEventHeader,
  proposedFiles,
  unsupportedEvent,
} from "../../engine/index.ts";
import type { Payload } from "../../payload/index.ts";
import { parseModule } from "../../python/parse-module.ts";
import {
  type Arrived,
  asViewReads,
  formNotUnderstood,
  groupsOf,
  noHeader,
  type Texts,
  unprovenValue,
  whyNot,
} from "./arrivals.ts";
import { askDispatch, type ViewRunner } from "./asked-dispatch.ts";
import type { Dispatch } from "./dispatch-model.ts";
import { type DraftedEvent, draftEvent } from "./drafted.ts";
import { failureOf } from "./failure.ts";
import {
  candidateNames,
  headerTableIn,
  ownFixture,
  plannedFixture,
  withHeaderValue,
} from "./fixture-names.ts";
import { eventOfKeys } from "./keyed-events.ts";
import type { ExtendedPayload, ExtendInput, ExtendPlan, PayloadState } from "./model.ts";
import { pasteText } from "./paste.ts";
import { readView } from "./read-view.ts";
import { modulesOf } from "./refusals.ts";
import { joinTopic, spliceEvent } from "./splice-view.ts";

/** More steps between an event and its message than any view takes. */
const MOST_STEPS = 4;

/**
 * Plans what an integration needs for new payloads.
 * @throws UserError `no-view`, `broken-view`, `fixture-exists`, `no-event-header`.
 */
export async function planExtension(input: ExtendInput): Promise<ExtendPlan> {
  const files = await readView(input);
  const extension = new Extension(input, files);
  const payloads = await extension.run();
  const view = [...files].flatMap(([path, { bytes }]) => {
    const after = extension.texts.get(path);
    return after === undefined || Buffer.from(after).equals(bytes)
      ? []
      : [{ path, before: bytes, after }];
  });
  return { payloads, view };
}

class Extension implements ViewRunner {
  readonly #input: ExtendInput;
  /** The view's files as they will be, by path. */
  texts: Texts;

  constructor(input: ExtendInput, files: ReadonlyMap<string, { text: string }>) {
    this.#input = input;
    this.texts = new Map([...files].map(([path, { text }]) => [path, text]));
  }

  async run(): Promise<ExtendedPayload[]> {
    const arrived: Arrived[] = [];
    const headerValue = await this.#input.headerValues();
    for (const payload of this.#input.payloads)
      arrived.push(await this.#arrive(payload, headerValue(payload)));
    const states = new Map<Payload, PayloadState>();
    for (const group of groupsOf(arrived)) {
      const state = await this.#stateOf(group);
      for (const { payload } of group) states.set(payload, state);
    }
    return arrived.map(({ payload, fixture, unproven }) => ({
      payload,
      fixture,
      ...(unproven !== undefined && { unproven }),
      state: states.get(payload) ?? { kind: "ignored" },
    }));
  }

  /** Finds the name under which a payload's request is what it was, and what the view makes of it today. */
  async #arrive(payload: Payload, value: string | undefined): Promise<Arrived> {
    const { checkout, integration, files, cwd } = this.#input;
    const naming = { checkout, integration, fixtures: files.fixtures, cwd };
    const own = ownFixture(naming, payload);
    if (own) return { payload, fixture: own, delivery: await this.deliver(payload, own.file) };
    const names = candidateNames(naming, payload, value);
    let untold: Arrived | undefined;
    for (const name of names) {
      const fixture = plannedFixture(naming, payload, name);
      const delivery = await this.deliver(payload, fixture.file);
      const headers = Object.values(delivery.sent?.headers ?? {});
      if (value !== undefined && headers.includes(value)) return { payload, fixture, delivery };
      if (value !== undefined || missesEventHeader(delivery)) continue;
      const unproven = unprovenValue(payload, delivery);
      if (unproven !== undefined) return { payload, fixture, delivery, unproven };
      untold ??= { payload, fixture, delivery };
    }
    if (untold) return untold;
    const entered = value !== undefined && (await this.#enterHeader(names, value));
    if (!entered) throw noHeader(payload, value, names);
    const fixture = plannedFixture(naming, payload, entered);
    return { payload, fixture, delivery: await this.deliver(payload, fixture.file) };
  }

  /** Puts the header's value into the table that the view has of them. @returns The fixture's name. */
  async #enterHeader(names: readonly string[], value: string): Promise<string | undefined> {
    const { lineLength } = this.#input.checkout.dialect.registry;
    for (const [path, text] of this.texts) {
      const table = headerTableIn(path, parseModule(text));
      if (!table) continue;
      for (const name of names) {
        const after = withHeaderValue(table, name, value, lineLength);
        if (after === undefined) continue;
        this.texts = new Map([...this.texts, [path, after]]);
        await this.show(this.texts);
        return name;
      }
    }
    return undefined;
  }

  deliver(payload: Payload, fixtureName: string): Promise<Delivery> {
    const { engine, integration } = this.#input;
    return engine.deliver({ integration: integration.name, body: payload.bytes, fixtureName });
  }

  async #stateOf(group: readonly Arrived[]): Promise<PayloadState> {
    const [first] = group;
    if (!first) return { kind: "ignored" };
    const { delivery } = first;
    if (delivery.messages.length > 0) return { kind: "handled" };
    const event = unsupportedEvent(delivery);
    if (!delivery.error && delivery.response.status === 200 && event === undefined)
      return { kind: "ignored" };
    let reason = "";
    for (const ownTopic of [false, true]) {
      const tried = await this.#tryToAdd(group, event, ownTopic);
      if ("state" in tried) return tried.state;
      reason ||= tried.reason;
    }
    await this.show(this.texts);
    const modules = modulesOf(this.texts);
    const { functionName } = this.#input.integration;
    const failure = event === undefined && failureOf(delivery, modules, functionName);
    if (failure) return { kind: "failed", ...failure };
    const drafted = await this.#draft(group, event ?? first.payload.fileEvent);
    const paste = pasteText(
      drafted,
      modules.map(({ module }) => module),
    );
    return { kind: "refused", event, reason, paste };
  }

  async #tryToAdd(
    group: readonly Arrived[],
    refused: string | undefined,
    ownTopic: boolean,
  ): Promise<{ state: PayloadState } | { reason: string }> {
    let texts = this.texts;
    let functionName = "";
    let fields: DraftedEvent["fields"] = [];
    let event = refused;
    for (let step = 0; step < MOST_STEPS; step++) {
      const failed = await this.#firstFailed(group, texts);
      if (!failed && !ownTopic && (await this.#lacksTopic(group)))
        return { reason: "its way to make topics leaves this one empty" };
      if (!failed) {
        this.texts = texts;
        return { state: { kind: "added", event: event ?? "", functionName, fields } };
      }
      const decided = await askDispatch(failed, texts, this);
      if (!decided) return { reason: whyNot(failed.delivery, functionName) };
      const { isTopic } = decided;
      const joined = isTopic && !ownTopic && (await this.#joinTopic(decided.found, group, texts));
      if (joined) {
        texts = joined;
        continue;
      }
      const found = functionName === "" ? await this.#named(decided.found, group) : decided.found;
      if (typeof found === "string") return { reason: found };
      if (found.event !== decided.found.event) event = found.event;
      event ??= found.event;
      const drafted = await this.#draft(group, event);
      const spliced = await spliceEvent({
        dispatch: found,
        drafted,
        eventName: event,
        isTopic,
        ownTopic,
        lineLength: this.#input.checkout.dialect.registry.lineLength,
        declared: this.#input.declaredIn(found.module),
      });
      if (!spliced) return { reason: formNotUnderstood(found) };
      functionName ||= spliced.functionName;
      event = spliced.eventName ?? event;
      ({ fields } = drafted);
      texts = new Map([...texts, [found.path, spliced.text]]);
    }
    return { reason: "the view keeps refusing it" };
  }

  /** Whether a message of a group has an empty topic: the view sets it elsewhere than its other branches do. */
  async #lacksTopic(group: readonly Arrived[]): Promise<boolean> {
    for (const { payload, fixture } of group) {
      const { messages } = await this.deliver(payload, fixture.file);
      if (messages.some(({ type, topic }) => type === "stream" && topic === "")) return true;
    }
    return false;
  }

  /** The view with the event in a branch of its own that makes a topic of what these payloads hold. */
  async #joinTopic(
    found: Dispatch,
    group: readonly Arrived[],
    texts: Texts,
  ): Promise<Texts | undefined> {
    for (const text of joinTopic(found, this.#input.checkout.dialect.registry.lineLength)) {
      const joined = new Map([...texts, [found.path, text]]);
      if (!(await this.#firstFailed(group, joined))) return joined;
    }
    return undefined;
  }

  /** What decides, with the event that it is to know; a text says why there is none. */
  async #named(found: Dispatch, group: readonly Arrived[]): Promise<Dispatch | string> {
    const { checkout, files } = this.#input;
    const event = await eventOfKeys(found, group, {
      root: checkout.root,
      fixtures: files.fixtures,
    });
    if (event === undefined) return found;
    return "reason" in event ? event.reason : { ...found, event: event.name };
  }

  /** The first payload of a group that does not lead to a message. */
  async #firstFailed(group: readonly Arrived[], texts: Texts): Promise<Arrived | undefined> {
    await this.show(texts);
    for (const one of group) {
      const delivery = await this.deliver(one.payload, one.fixture.file);
      if (delivery.messages.length === 0 || delivery.error) return { ...one, delivery };
    }
    return undefined;
  }

  show(texts: Texts): Promise<void> {
    const proposed = proposedFiles([...texts].map(([path, content]) => ({ path, content })));
    return this.#input.engine.refresh({ edited: [], proposed });
  }

  #draft(group: readonly Arrived[], event: string): Promise<DraftedEvent> {
    const { checkout, integration, choices } = this.#input;
    const wildValue = [...this.texts.values()].some((text) => /\bWildValue\b/.test(text));
    const payloads = asViewReads(
      group.map(({ payload }) => payload),
      this.texts,
    );
    return draftEvent({ checkout, integration, payloads, event, wildValue, choices });
  }
}
