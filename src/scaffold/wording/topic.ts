/** The topic: the same for all messages about one thing, and another one for another thing. */
import { plural } from "../../payload/index.ts";
import type { Parts } from "../message.ts";
import { sentenceCase } from "./event-words.ts";
import { isPush } from "./sentence.ts";
import { nounOf, type Telling } from "./telling.ts";

/** What teams say for long nouns. */
const abbreviations: Readonly<Record<string, string>> = {
  "pull request": "PR",
  "merge request": "MR",
};
/** Things of which there are many, each soon forgotten: their group and branch are what people follow. */
const shortLived =
  /(^| )(build|deploy|deployment|job|pipeline|run|workflow|check|scan|sync|backup|analysis|commit|push|release|suite|test|star|fork|watch|event|status|artifact)$/;

/** Things that people talk about one by one. */
const isFollowed =
  /(^| )(issue|ticket|bug|story|task|incident|alert|monitor|error|exception|conversation|case|epic|candidate|candidate application|customer|lead|deal|survey|form|campaign|order|maintenance|check|thread|project|repository)$/;

/**
 * The topic of an event's messages.
 * @param telling With variables of the topic's own.
 */
export function topicOf(telling: Telling): Parts {
  const { story, displayName, variables } = telling;
  const { group, title, number, branch } = story;
  const noun = nounOf(telling);
  const place: Parts = group ? [variables.field(nameOfGroup(telling), group.name)] : [];
  const isBrief =
    isPush(telling) ||
    (branch !== undefined && !number) ||
    (noun !== undefined && shortLived.test(noun));
  if (branch && isBrief) {
    const on = variables.field("branch", branch, "branch");
    if (group) return [...place, " / ", on];
    return title ? [variables.field("title", title)] : [on];
  }
  if (isBrief && group) return place;
  if (title && number) {
    const hash =
      number.kind === "integer" || number.samples.every((text) => /^\d+$/.test(text)) ? "#" : "";
    const short = noun === undefined ? "" : `${abbreviations[noun] ?? noun} `;
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
  if (title && story.surname)
    return [
      variables.field("given_name", title),
      " ",
      variables.field("family_name", story.surname),
    ];
  if (title) return [variables.field("title", title)];
  if (group) return place;
  if (number)
    return [
      `${sentenceCase(noun ?? displayName)} ${number.kind === "integer" ? "#" : ""}`,
      variables.field("number", number),
    ];
  return [noun === undefined ? displayName : sentenceCase(plural(noun))];
}

/** A variable's name that says what the group is. */
function nameOfGroup({ story }: Telling): string {
  const { parent = "", key = "" } = story.group?.name ?? {};
  return parent !== "" && /^(name|full_name|display_name|title|slug|label|summary|path)$/.test(key)
    ? parent
    : key;
}
