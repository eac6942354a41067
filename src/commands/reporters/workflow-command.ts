/** GitHub's workflow commands, which annotate lines of a pull request: https://docs.github.com/actions. */
import { printable } from "../../ui/text.ts";

/**
 * One command, on a line of its own.
 * @param properties Where it belongs and its title; undefined ones are left out.
 */
export function workflowCommand(
  level: "error" | "warning" | "notice",
  properties: Record<string, string | number | undefined>,
  message: string,
): string {
  const words = Object.entries(properties)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key}=${escapeProperty(`${value}`)}`);
  return `::${level} ${words.join(",")}::${escapeData(message)}`;
}

/** The runner undoes this; a raw line break would end the command, and begin another. */
function escapeData(text: string): string {
  return printable(text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A"));
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
