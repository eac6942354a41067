/** Whether the program runs on a machine that nobody sits at. */

/** `CI` is set, as every service for continuous integration does. */
export function isCi(): boolean {
  const { CI = "" } = process.env;
  return CI !== "" && CI !== "0" && CI !== "false";
}
