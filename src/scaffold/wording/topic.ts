/** The topic: the same for all messages about one thing, and another one for another thing. */
import type { EventContent, Leaf } from "../../payload/index.ts";
import type { Parts } from "../message.ts";
import { type MessageContext, nounOf } from "./context.ts";
import { sentenceCase } from "./event-words.ts";
import { isPush } from "./push.ts";

/** What teams say for long nouns. */
const abbreviations = new Map([
  ["pull request", "PR"],
  ["merge request", "MR"],
]);
/** Things of which there are many, each soon forgotten: their group and branch are what people follow. */
const shortLived =
  /(^| )(build|deploy|deployment|job|pipeline|run|workflow|check|scan|sync|backup|analysis|commit|push|release|suite|test|star|fork|watch|event|status|artifact)$/;

/** Things that are known by their number, and what is paid for them. */
const papers = /(^| )(invoice|order|quote|receipt|claim)( payment)?$/;
/** Things that people talk about one by one. */
const isFollowed =
  /(^| )(issue|ticket|bug|story|task|incident|alert|monitor|error|exception|conversation|case|epic|candidate|candidate application|customer|lead|deal|survey|form|campaign|order|maintenance|check|thread|project|repository|search|resource|record|item|activity|device|host|server|machine|sensor|meeting|chat|room|contact|person|user|member|subscription)( (note|comment|update))?$/;

/**
 * What a topic may use of a content: a thing that some events know without its number, or without what it belongs to,
 * has one topic all the same.
 */
export function sharedContent(
  context: MessageContext,
  others: readonly MessageContext[],
): EventContent {
  const { content } = context;
  const noun = nounOf(context);
  if (noun === undefined || content.title === undefined || shortLived.test(noun)) return content;
  const same = others.filter(
    (other) => nounOf(other) === noun && other.content.title !== undefined,
  );
  const { number, group, ...rest } = content;
  const numbered = number && same.every((other) => isNumberLike(other.content.number, number));
  const grouped = group && same.every((other) => other.content.group !== undefined);
  return { ...rest, ...(numbered && { number }), ...(grouped && { group }) };
}

const isNumberLike = (a: Leaf | undefined, b: Leaf): boolean =>
  a !== undefined && isPlainNumber(a) === isPlainNumber(b);

const isPlainNumber = ({ kind, samples }: Leaf): boolean =>
  kind === "integer" || samples.every((text) => /^\d+$/.test(text));

/**
 * The topic of an event's messages.
 * @param context With variables of the topic's own.
 */
export function topicOf(context: MessageContext): Parts {
  const { content, variables } = context;
  const { title, number, branch, group, lead } = content;
  const unsure = [group?.name, title, number, branch, lead].find((leaf) => leaf && !isSure(leaf));
  if (!unsure) return sureTopicOf(context);
  const known = { ...unsure, optional: [] };
  const { group: _g, title: _t, number: _n, branch: _b, lead: _l, ...rest } = content;
  const parts = [
    lead && { lead: lead === unsure ? known : lead },
    title && { title: title === unsure ? known : title },
    number && { number: number === unsure ? known : number },
    branch && { branch: branch === unsure ? known : branch },
    group && { group: group.name === unsure ? { ...group, name: known } : group },
  ].filter((part) => part !== undefined);
  const isLeft = (part: object): boolean =>
    !Object.values(part).some((value) => value === known || value.name === known);
  const whole: EventContent = Object.assign({}, rest, ...parts);
  const lacking: EventContent = Object.assign(
    {},
    rest,
    ...parts.filter(isLeft),
    unsure === title && content.otherTitle && { title: { ...content.otherTitle, optional: [] } },
    unsure === branch &&
      content.formerBranch && { branch: { ...content.formerBranch, optional: [] } },
  );
  const [told, otherwise] = [whole, lacking].map((either) =>
    topicOf({ ...context, content: either }),
  );
  return variables.optional([unsure], told ?? [], otherwise);
}

const isSure = ({ optional }: Leaf): boolean => optional.length === 0;

/** What is said or sent once: nobody comes back to it by its number. */
const isOneOff = (noun: string | undefined): boolean =>
  /(^| )(message|sms|email|update|event|notification|note|comment|reply|delivery|click|visit|response)$/.test(
    noun ?? "",
  );

/** Parts of what lasts, which many things have of the same name. */
const partNouns =
  /(^| )(column( value)?|field|property|attribute|attachment|file|checklist|vote|reaction|approval|participant)$/;
const lasting =
  /^(pulse|item|card|task|ticket|issue|incident|order|customer|deal|lead|candidate|record|story|page|document)(_name|_title)?$/;

/** The name of the thing that a part belongs to, where all payloads have it. */
function lastingOf({ details }: EventContent, noun: string | undefined): Leaf | undefined {
  if (!partNouns.test(noun ?? "")) return undefined;
  return details.find(({ label, leaf, second }) => lasting.test(label) && isSure(leaf) && !second)
    ?.leaf;
}

/** What mail is about, which says more than to whom it went. */
const subjectOf = ({ isMail, details }: EventContent): Leaf | undefined =>
  isMail ? details.find(({ label, leaf }) => label === "subject" && isSure(leaf))?.leaf : undefined;

/** A state at the start of a title, which makes another topic whenever it changes. */
const states = "triggered|resolved|recovered|recovery|firing|alerting|ok|opened|closed|down|up";
const stateBefore = {
  "after colon": new RegExp(`^(${states}|problem|warning|critical|acknowledged): \\S`, "i"),
  "after bracket": new RegExp(`^\\[(${states}|problem|warning|critical)(:\\d+)?\\] \\S`, "i"),
} as const;

const withoutState = ({ samples }: Leaf): keyof typeof stateBefore | undefined =>
  (["after colon", "after bracket"] as const).find((shown) =>
    samples.every((text) => stateBefore[shown].test(text)),
  );

/** The topic of a content whose parts are always there. */
function sureTopicOf(context: MessageContext): Parts {
  const { content, displayName, variables } = context;
  const { group, number, lead } = content;
  const noun = nounOf(context);
  const title =
    subjectOf(content) ?? content.steadyTitle ?? lastingOf(content, noun) ?? content.title;
  const branch = content.branch && isFollowedBranch(context) ? content.branch : undefined;
  const place: Parts = group ? [variables.field(nameOfGroup(context), group.name)] : [];
  const kind = noun ?? context.words?.tokens.at(-1);
  const isBrief =
    isPush(context) ||
    (branch !== undefined && (!number || !title)) ||
    (kind !== undefined && shortLived.test(kind));
  if (branch && isBrief) {
    const on = variables.field("branch", branch, "branch");
    if (group) return [...place, " / ", on];
    return title ? [variables.field("title", title)] : [on];
  }
  if (isBrief && group) return place;
  if (title && number) {
    const hash = isPlainNumber(number) ? "#" : "";
    const short = noun === undefined ? "" : `${abbreviations.get(noun) ?? noun} `;
    const name = [
      variables.field("number", number),
      hash === "" ? ": " : " ",
      variables.field("title", title),
    ];
    // A key such as PRESS-12 names the project by itself.
    if (hash === "") return name;
    return group ? [...place, ` / ${short}#`, ...name] : [`#`, ...name];
  }
  if (title && group && noun !== undefined && !isFollowed.test(noun)) return place;
  if (title && content.surname)
    return [
      variables.field("given_name", title),
      " ",
      variables.field("family_name", content.surname),
    ];
  if (title?.samples.every((text) => /^#?\d+$/.test(text)) && noun !== undefined)
    return [`${sentenceCase(noun)} `, variables.field("title", title)];
  if (title) return [variables.field("title", title, withoutState(title))];
  const paper = noun && papers.exec(noun)?.[2];
  // A reference is the same for all that happens to what it names.
  if (number && /reference$/.test(number.key)) return [variables.field("reference", number)];
  if (paper && number) return [`${sentenceCase(paper)} `, variables.field("number", number)];
  if (group) return place;
  if (lead && (!number || isOneOff(noun))) {
    // An identifier does not say whose it is.
    if (content.leadSurname)
      return [
        variables.field("given_name", lead),
        " ",
        variables.field("family_name", content.leadSurname),
      ];
    const whose = /^(customer|contact|subscriber)(_id)?$/.exec(lead.key)?.[1];
    const name = variables.field(whose ?? "name", lead);
    return whose === undefined ? [name] : [`${sentenceCase(whose)} `, name];
  }
  if (number && !isOneOff(noun))
    return [
      `${sentenceCase(noun ?? displayName)} ${number.kind === "integer" ? "#" : ""}`,
      variables.field("number", number),
    ];
  return [noun === undefined ? displayName : sentenceCase(noun)];
}

/** Of tags, and of what is only made or deleted, the repository tells enough. */
function isFollowedBranch({ content, words }: MessageContext): boolean {
  const tags = content.branch?.samples.filter((text) => text.startsWith("refs/tags/")) ?? [];
  if (tags.length > 0 && tags.length === content.branch?.samples.length) return false;
  return !(
    words?.noun === undefined &&
    !words?.subject &&
    /^(creat|delet)ed$/.test(words?.verb ?? "")
  );
}

/** A variable's name that says what the group is. */
function nameOfGroup({ content }: MessageContext): string {
  const { parent = "", key = "" } = content.group?.name ?? {};
  return parent !== "" && /^(name|full_name|display_name|title|slug|label|summary|path)$/.test(key)
    ? parent
    : key;
}
