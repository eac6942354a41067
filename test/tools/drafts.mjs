// Drafts the integrations of a tree anew from their fixtures, and holds the messages against those of their authors.
//
//   npm run drafts -- -C <tree> [names…] [--alone] [--chosen] [--worst 10] [--losses] [--report file] [--held-out]
//
// The tree is copied, and not changed. `--alone` keeps from `new` which header names the events. A third of the
// integrations is held out: their messages are printed only with `--held-out`, so that drafts are not fitted to them.
// `--adding` drafts each of the named ones from one payload, from two, and so on, and says which facts messages lose.
// `--chosen` says with --show and --topic what the authors' messages show and the draft does not.
// `--losses` sorts what is lost by its kind, of all integrations: for rules, and not for names.
import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { lostByAdding } from "./drafts/adding.mjs";
import { compare, f1, topicPairs } from "./drafts/compare.mjs";
import { lossesOf, lossTable, tellsOfPayload } from "./drafts/losses.mjs";
import { copyOf, draftAll, draftsByAdding } from "./drafts/tree.mjs";

const { values: options, positionals } = parseArgs({
  options: {
    checkout: { type: "string", short: "C" },
    alone: { type: "boolean", default: false },
    chosen: { type: "boolean", default: false },
    worst: { type: "string", default: "0" },
    adding: { type: "boolean", default: false },
    losses: { type: "boolean", default: false },
    "held-out": { type: "boolean", default: false },
    report: { type: "string" },
  },
  allowPositionals: true,
});
if (options.checkout === undefined) throw new Error("Say which tree: -C <tree> [names…].");

function judge(draft) {
  if (!draft.plan) return { ...draft, cases: [] };
  const cases = [];
  for (const [index, { payload, messages, fixture }] of draft.told.entries()) {
    const [author] = messages;
    const result = draft.results[index];
    const drafted = result.messages?.find(({ type }) => type === "stream");
    const answered = result.response?.status === 200 && drafted !== undefined;
    cases.push({
      fixture,
      payload,
      author,
      drafted,
      answered,
      result,
      ...compare(payload, author, drafted),
    });
  }
  return { ...draft, cases };
}

const sum = (items, of) => items.reduce((total, item) => total + of(item), 0);
const share = (part, whole) => (whole === 0 ? undefined : part / whole);
const mean = (values) => {
  const known = values.filter((value) => value !== undefined);
  return share(
    sum(known, (value) => value),
    known.length,
  );
};

function rowOf({ name, cases, tests, unrun, problems, lines, authorsLines, silent, refused }) {
  const asked = sum(cases, ({ facts }) => facts);
  const given = sum(cases, ({ links }) => links);
  const topics = cases.map(({ author, drafted }) => ({
    author: author.topic,
    draft: drafted?.topic,
  }));
  const telling = topics.filter((_, at) =>
    tellsOfPayload(cases[at].author.topic, cases[at].payload),
  );
  return {
    name,
    fixtures: cases.length,
    silent,
    facts: share(asked - sum(cases, ({ missing }) => missing.length), asked),
    links: share(
      sum(cases, ({ keptLinks }) => keptLinks),
      given,
    ),
    empty: cases.filter(({ isEmpty }) => isEmpty).length,
    false: sum(cases, ({ falseFacts }) => falseFacts.length),
    topics: cases.length > 1 ? f1(topicPairs(topics)) : undefined,
    telling: telling.length > 1 ? f1(topicPairs(telling)) : undefined,
    fixed: topics.length - telling.length,
    failed: cases.filter(({ answered }) => !answered).length,
    tests: tests ? `${tests.total - tests.failed}/${tests.total}` : "-",
    unrun: unrun?.length ?? 0,
    lint: problems?.length ?? 0,
    lines,
    authors: authorsLines,
    refused: refused?.split("\n")[0],
  };
}

const cell = (value) =>
  value === undefined
    ? "-"
    : typeof value === "number" && !Number.isInteger(value)
      ? value.toFixed(2)
      : String(value);

function summaryOf(rows) {
  const average = (column) => cell(mean(rows.map((row) => row[column])));
  const total = (column) => sum(rows, (row) => row[column]);
  const written = rows.filter(({ authors }) => authors !== undefined);
  return (
    `${rows.length} integrations, ${total("fixtures")} fixtures: facts ${average("facts")}, links ${average("links")}, ` +
    `topics ${average("topics")} (${average("telling")} without the ${total("fixed")} fixtures whose topic is fixed or an ` +
    `identifier by the author); empty ${total("empty")}, false ${total("false")}, not answered ${total("failed")}, ` +
    `lines that no drafted test runs ${total("unrun")}, lint errors ${total("lint")}; lines ${cell(mean(written.map(({ lines }) => lines)))} beside ${cell(mean(written.map(({ authors }) => authors)))}` +
    ` in the ${written.length} that have a view of their own.`
  );
}

function print(judged, skipped) {
  const rows = judged.map(rowOf).sort((a, b) => (a.facts ?? 2) - (b.facts ?? 2));
  const say = (text) => process.stdout.write(`${text}\n`);
  const columns = Object.keys(rows[0] ?? {}).filter((column) => column !== "refused");
  say(columns.map((column, at) => column.padEnd(at === 0 ? 18 : 9)).join(""));
  for (const row of rows) {
    say(columns.map((column, at) => cell(row[column]).padEnd(at === 0 ? 18 : 9)).join(""));
    if (row.refused) say(`  refused: ${row.refused}`);
  }
  say("");
  const isHeld = ({ name }) => createHash("sha256").update(name).digest().at(0) % 3 === 0;
  const drafted = rows.filter(({ refused }) => !refused);
  say(`Seen:     ${summaryOf(drafted.filter((row) => !isHeld(row)))}`);
  say(`Held out: ${summaryOf(drafted.filter(isHeld))}`);
  say(`All:      ${summaryOf(drafted)}`);
  const cases = judged.flatMap(({ cases: all }) => all);
  say(
    `Not counted: ${sum(judged, ({ silent }) => silent)} fixtures without a message, ` +
      `${sum(cases, ({ madeLinks }) => madeLinks)} links that views make by themselves, ` +
      `${sum(cases, ({ quotedLinks }) => quotedLinks)} links in texts that views quote, ` +
      `${rows.length - drafted.length} integrations that were refused. Skipped: ${skipped.join("; ") || "none"}.`,
  );
  if (options.chosen) {
    const count = (of) => sum(judged, (draft) => of(draft)?.length ?? 0);
    say(
      `Chosen: ${count(({ choices }) => choices?.show)} fields to show, ` +
        `${count(({ choices }) => choices?.topic)} topics; ` +
        `${count(({ refusedChoices }) => refusedChoices)} could not be shown.`,
    );
  }
  if (options.losses) for (const row of lossTable(judged.flatMap(lossesOf))) say(row);
  const open = judged.filter((draft) => options["held-out"] || !isHeld(draft));
  const worst = open
    .filter(({ plan }) => plan)
    .sort((a, b) => (rowOf(a).facts ?? 2) - (rowOf(b).facts ?? 2))
    .slice(0, Number(options.worst));
  const report = (options.report === undefined ? worst : open).map(reportOf).join("\n");
  if (options.report !== undefined) writeFileSync(options.report, report);
  else if (report !== "") say(report);
}

function reportOf({
  name,
  cases,
  problems,
  failures,
  unrun,
  refused,
  view,
  choices,
  refusedChoices,
}) {
  const messages = cases.map(
    ({ fixture, author, drafted, missing, lostLinks, falseFacts, result }) =>
      [
        `--- ${name}/${fixture}`,
        `author: ${author.topic} › ${author.content}`,
        `draft:  ${drafted ? `${drafted.topic} › ${drafted.content}` : `none (${result.refused ?? result.error?.message ?? result.response?.body})`}`,
        ...(missing.length > 0 ? [`  missing: ${missing.join(" | ")}`] : []),
        ...(lostLinks.length > 0 ? [`  lost links: ${lostLinks.join(" ")}`] : []),
        ...falseFacts.map((text) => `  false: ${text}`),
      ].join("\n"),
  );
  return [
    `======== ${name}${refused ? ` REFUSED ${refused}` : ""}`,
    ...(choices ? [`  chosen: ${JSON.stringify({ ...choices, refusedChoices })}`] : []),
    ...messages,
    ...(problems ?? []).map(({ rule, message }) => `  lint ${rule}: ${message}`),
    ...(failures ?? []).map(({ id, error }) => `  test ${id}: ${error?.message?.slice(0, 500)}`),
    ...(unrun ?? []).map((line) => `  no test runs line ${line}: ${view?.split("\n")[line - 1]}`),
    "-- view",
    view ?? "",
  ].join("\n");
}

const copy = await copyOf(options.checkout);
try {
  if (options.adding) {
    for (const grown of await draftsByAdding(copy.folder, positionals)) {
      const { facts, lost } = lostByAdding(grown);
      process.stdout.write(
        `${grown.name}: ${grown.told.length} payloads, ${lost.length} of ${facts} facts lost\n`,
      );
      for (const text of lost) process.stdout.write(`  ${text}\n`);
    }
  } else {
    const { drafts, skipped } = await draftAll(copy.folder, positionals, options);
    print(drafts.map(judge), skipped);
  }
} finally {
  await copy.remove();
}
