/** The sentence of something that was said about a thing: a comment, a note, a review. */
import { isPast, type Leaf } from "../../payload/index.ts";
import type { FieldUse, Parts, Table } from "../message.ts";
import { type MessageContext, who } from "./context.ts";
import { hasLabel, thingOf } from "./thing.ts";

/** What somebody does with a remark, by the words that services use. */
const remarkDeeds = new Map(
  Object.entries({
    create: "commented",
    created: "commented",
    edit: "edited a comment",
    edited: "edited a comment",
    update: "edited a comment",
    updated: "edited a comment",
    delete: "deleted a comment",
    deleted: "deleted a comment",
    remove: "deleted a comment",
    removed: "deleted a comment",
  }),
);

/** The sentence of a remark on a thing, without the mark at its end. */
export function remarkSentence(context: MessageContext): Parts {
  const { content, words } = context;
  const tokens = words?.tokens ?? [];
  const isReview = tokens.includes("review") && !tokens.includes("comment");
  const { remark } = content;
  const verb = verbOf(context, isReview);
  const linked: Parts = remark?.link ? linkTo(verb, remark.link, context) : [verb];
  const thing = thingOf(context);
  const on = isReview ? " " : " on ";
  const subject = who(context);
  return [...subject, " ", ...linked, ...(hasLabel(content) ? [on, ...thing] : [])];
}

function verbOf(
  { content, words, variables }: MessageContext,
  isReview: boolean,
): string | FieldUse {
  if (isReview) return "reviewed";
  const { action } = content;
  if (action) return variables.field("action", action, { table: remarkTable(action) });
  return remarkDeeds.get(words?.verb ?? "created") ?? "commented";
}

function linkTo(verb: string | FieldUse, url: Leaf, { variables }: MessageContext): Parts {
  const address = variables.field("comment_url", url);
  const linked: Parts =
    typeof verb === "string" ? [`[${verb}](`, address, ")"] : ["[", verb, "](", address, ")"];
  return variables.optional([url], linked, [verb]);
}

function remarkTable(action: Leaf): Table {
  const isPresent = action.samples.some((text) => !isPast(text) && remarkDeeds.has(text));
  const entries = [...remarkDeeds].filter(([word]) => isPast(word) !== isPresent);
  return { name: "COMMENT_ACTIONS", entries: Object.fromEntries(entries), otherwise: "commented" };
}
