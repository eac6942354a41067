/** The lines of a drafted view that tell a list. */
import { writeString } from "../../python/strings.ts";
import type { Listing } from "../message.ts";
import { type Places, writeAccess } from "./access.ts";
import { writeLoop } from "./text.ts";

/** The lines that add a list to the body. */
export function writeList(listing: Listing, source: string, places: Places): string[] {
  const { item, functionName, asked } = listing;
  const loop = writeLoop(listing, item, source, places);
  if (!asked) return [`    body += get_list([${functionName}(${item}) ${loop}])`];
  const text = (key: string): string => `question[${writeString(key)}].tame(check_string)`;
  // Two asterisks would end the bold text that a question stands in.
  const plain = `${text(asked.name)}.replace("*", "")`;
  const id = `${writeAccess(item, asked.by)}.tame(check_string)`;
  const questions = `for question in ${places.access(source, asked.path)}`;
  return [
    `    questions = {${text(asked.id)}: ${plain} ${questions}}`,
    `    body += get_list([${functionName}(${item}, questions.get(${id}, "Answer")) ${loop}])`,
  ];
}
