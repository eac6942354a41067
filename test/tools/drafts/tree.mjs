// Drafts of a tree's integrations, in a copy of the tree, and the messages that they and the authors' views send.
import { cp, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { bundled } from "../bundle.mjs";
import { authorsChoices } from "./choices.mjs";
import { readLines } from "./lines.mjs";

const [
  { openCheckout, integrationFiles },
  { openEngine },
  { requestFor, deliveryConfigFor },
  { planNew },
  { applyChanges },
  { lint },
  { toPayload },
  { isSameFormat },
] = await bundled([
  "src/checkout/index.ts",
  "src/engine/index.ts",
  "src/preview/index.ts",
  "src/scaffold/index.ts",
  "src/host/changes.ts",
  "src/lint/index.ts",
  "src/payload/index.ts",
  "src/payload/bodies.ts",
]);

const DRAFT = "_draft";

/** A copy of a tree, without what no view needs. */
export async function copyOf(tree) {
  const folder = await mkdtemp(join(tmpdir(), "connect-webhook-drafts-"));
  const filter = (path) => !/\/(\.git|node_modules|puppet|locale)$/.test(path);
  await cp(resolve(tree), folder, { recursive: true, filter, verbatimSymlinks: true });
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** Delivers all fixtures of integrations; a delivery that is refused is told as one. */
async function deliverAll(checkout, wanted, engine) {
  const { imageRoot } = checkout.dialect;
  const results = [];
  for (const { integration, fixture } of wanted) {
    const config = deliveryConfigFor(integration, fixture, imageRoot);
    try {
      const delivery = await engine.deliver(requestFor(checkout, integration, config));
      results.push({ integration, fixture, ...delivery });
    } catch (error) {
      results.push({ integration, fixture, refused: String(error.message ?? error) });
    }
  }
  return results;
}

/** What a fixture says, and in which format. */
async function bodyOf(path) {
  try {
    const bytes = await readFile(path);
    const { format, value } = toPayload(path, bytes);
    const stream = format.kind === "form" && new URLSearchParams(bytes.toString()).get("stream");
    return { format, payload: plain(value), ...(stream && { stream }) };
  } catch (error) {
    return { problem: error.message.replaceAll(path, "it") };
  }
}

/** A value as JavaScript has it. */
function plain(value) {
  if (value.kind === "object")
    return Object.fromEntries([...value.entries].map(([key, inner]) => [key, plain(inner)]));
  if (value.kind === "array") return value.items.map(plain);
  if (value.kind === "null") return null;
  return "text" in value ? Number(value.text) : value.value;
}

async function authorsMessages(folder, names) {
  const checkout = await openCheckout(folder);
  const wanted = [];
  const skipped = [];
  for (const integration of checkout.integrations) {
    if (names.length > 0 && !names.includes(integration.name)) continue;
    const { fixtures } = await integrationFiles(checkout, integration);
    if (fixtures.length === 0) skipped.push(`${integration.name} has no fixture`);
    for (const { path } of fixtures) {
      const one = { integration, fixture: basename(path), path: join(folder, path) };
      const body = await bodyOf(one.path);
      if (body.problem === undefined) wanted.push({ ...one, ...body });
      else skipped.push(`${integration.name}/${one.fixture}: ${body.problem}`);
    }
  }
  const targets = [...new Set(wanted.map(({ integration }) => integration))];
  const engine = await openEngine({ root: folder, targets });
  try {
    const results = await deliverAll(checkout, wanted, engine);
    return {
      skipped,
      results: results.map((result, at) => ({ ...wanted[at], ...result })),
    };
  } finally {
    await engine.close();
  }
}

/** The header that tells events apart, as a fixture's requests are sent with it. */
function eventHeader(results) {
  const names = new Set(results.flatMap(({ sent }) => Object.keys(sent?.headers ?? {})));
  const header = [...names].find((name) => /^HTTP_X_/.test(name) && /EVENT|TYPE|TOPIC/.test(name));
  if (header === undefined) return undefined;
  const write = (word) => word.charAt(0) + word.slice(1).toLowerCase();
  return {
    django: header,
    name: header
      .replace(/^HTTP_/, "")
      .split("_")
      .map(write)
      .join("-"),
  };
}

/**
 * Drafts integrations from the payloads that their views send messages for.
 * @param folder A copy of a tree, which is changed.
 * @param alone Whether to keep from `new` which header names the events.
 * @param chosen Whether to choose what the author's messages show.
 */
export async function draftAll(folder, names, { alone = false, chosen = false }) {
  const { results, skipped } = await authorsMessages(folder, names);
  const byName = groupBy(results, ({ integration }) => integration.name);
  const drafts = [];
  const engine = await openEngine({ root: folder, targets: [] });
  try {
    for (const [name, all] of byName) {
      // A direct message says that a request is wrong.
      const ofAll = all.filter(({ messages }) => messages?.[0]?.type === "stream");
      const told = largestFormat(ofAll);
      if (told.length === 0) {
        skipped.push(`${name}: none of its ${all.length} fixtures leads to a message`);
        continue;
      }
      if (told.length < ofAll.length)
        skipped.push(`${name}: ${ofAll.length - told.length} fixtures of another format`);
      drafts.push(await draftOne({ folder, name, all, told, alone, chosen, engine }));
    }
  } finally {
    await engine.close();
  }
  const made = drafts.filter(({ plan }) => plan);
  await deliverDrafts(folder, made);
  await readLines(folder, drafts, DRAFT);
  return { drafts, skipped };
}

/** A draft reads one format: those that come in the one of the most. */
function largestFormat(fixtures) {
  const groups = fixtures.map((one) =>
    fixtures.filter((other) => isSameFormat(one.format, other.format)),
  );
  return groups.sort((a, b) => b.length - a.length)[0] ?? [];
}

function groupBy(items, keyOf) {
  const groups = new Map();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}

/** What a drafted view sends, as the new tests expect it. */
async function outcomesOf(engine, { name, directory, changes, fixtures }) {
  const proposed = new Map(changes.map(({ path, content }) => [path, content]));
  await engine.refresh({ edited: [], targets: [{ name, directory }], proposed });
  const outcomes = [];
  for (const fixture of fixtures) {
    const { messages, error } = await engine.deliver({ integration: name, fixture });
    // Of several messages the tree's tests look at the last.
    outcomes.push(messages.at(-1) ?? { reason: error?.message ?? "no message" });
  }
  return outcomes;
}

/** What `new` is given for the payloads of an integration. */
function optionsFor({ checkout, folder, name, told, header }) {
  const events = new Map(
    told.map(({ path, sent }) => [path, header && sent?.headers[header.django]]),
  );
  return {
    name: `${name}${DRAFT}`,
    displayName: told[0].integration.displayName,
    categories: [checkout.categories.find(({ meta }) => !meta).key],
    // A form may say itself where its message goes.
    streamName: told.find(({ stream }) => stream)?.stream ?? `${name}draft`,
    payloads: told.map(({ path }) => path),
    ...(header && {
      eventHeader: header.name,
      headerValue: ({ source }) => events.get(source),
    }),
    auth: "api-key",
    cwd: folder,
  };
}

/**
 * Drafts an integration from its first payload, its first two, and so on.
 * @param folder A tree, which is not changed.
 * @returns For each integration its payloads, and for each of these drafts what it sends for each of its payloads.
 */
export async function draftsByAdding(folder, names) {
  const { results } = await authorsMessages(folder, names);
  const checkout = await openCheckout(folder);
  const engine = await openEngine({ root: folder, targets: [] });
  const grown = [];
  try {
    for (const [name, all] of groupBy(results, ({ integration }) => integration.name)) {
      const told = largestFormat(all.filter(({ messages }) => messages?.[0]?.type === "stream"));
      const header = eventHeader(told);
      const drafts = [];
      for (const count of told.keys()) {
        const some = told.slice(0, count + 1);
        const options = optionsFor({ checkout, folder, name, told: some, header });
        let sent = [];
        await planNew(checkout, options, async (made) => {
          sent = await outcomesOf(engine, made);
          return sent;
        });
        drafts.push(sent);
      }
      grown.push({ name, told, drafts });
    }
  } finally {
    await engine.close();
  }
  return grown;
}

async function draftOne({ folder, name, all, told, alone, chosen, engine }) {
  const header = alone ? undefined : eventHeader(told);
  const draft = { name, told, silent: all.length - told.length, header: header?.name };
  try {
    const checkout = await openCheckout(folder);
    const options = optionsFor({ checkout, folder, name, told, header });
    let sent = [];
    const planWith = (choices) =>
      planNew(checkout, { ...options, choices }, async (made) => {
        sent = await outcomesOf(engine, made);
        return sent;
      });
    const found = await planWith(undefined);
    const { plan, ...choosing } = chosen
      ? await planChosen(authorsChoices(told, sent, found.fields), planWith)
      : { plan: found };
    await applyChanges(folder, plan.changes);
    return { ...draft, plan, ...choosing };
  } catch (error) {
    return { ...draft, refused: String(error.stack ?? error) };
  }
}

/** A topic without its last field. */
const shorter = (topic) =>
  topic.includes(" / ") ? [topic.slice(0, topic.lastIndexOf(" / "))] : [];

/** Plans with choices; what no message can show is left out, and counted. */
async function planChosen(choices, planWith) {
  const refusedChoices = [];
  for (;;)
    try {
      return { plan: await planWith(choices), choices, refusedChoices };
    } catch (error) {
      if (error.code !== "unshowable-field") throw error;
      const name = choices.show.find((one) => ` ${error.message}`.includes(` ${one}:`));
      refusedChoices.push(name ?? choices.topic[0]);
      choices = name
        ? { ...choices, show: choices.show.filter((one) => one !== name) }
        : { ...choices, topic: shorter(choices.topic[0]) };
    }
}

async function deliverDrafts(folder, drafts) {
  const checkout = await openCheckout(folder);
  const targetOf = ({ name }) =>
    checkout.integrations.find((integration) => integration.name === `${name}${DRAFT}`);
  const targets = drafts.map(targetOf);
  const engine = await openEngine({ root: folder, targets });
  try {
    const run = await engine.runTests({
      names: targets.map(({ name }) => name),
      coverage: true,
    });
    for (const draft of drafts) {
      const integration = targetOf(draft);
      const tests = run.integrations.find(({ name }) => name === integration.name);
      draft.tests = { total: tests?.total ?? 0, failed: tests?.failed ?? 0 };
      draft.unrun = tests?.coverage?.missing ?? [];
      draft.failures = (tests?.tests ?? []).filter(({ status }) => status === "failed");
      const wanted = draft.told.map(({ fixture }, index) => ({
        integration,
        fixture: draft.plan.fixtures[index],
        original: fixture,
      }));
      draft.results = await deliverAll(checkout, wanted, engine);
    }
  } finally {
    await engine.close();
  }
  const names = targets.map(({ name }) => name);
  // No picture is drawn here.
  const { problems } = await lint(checkout, { names });
  for (const draft of drafts) {
    draft.problems = problems.filter(
      ({ integration, severity, rule }) =>
        integration === `${draft.name}${DRAFT}` &&
        severity === "error" &&
        rule !== "screenshot-image",
    );
  }
}
