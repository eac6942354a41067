/** Vitest's global set-up: the tests start the built program, so it has to be the current one. */
// @ts-expect-error plain JavaScript, because it also runs before anything is installed
import { setUp } from "../tools/set-up.mjs";

export default function build(): void {
  setUp();
}
