/**
 * The stamp of a picture: hashes, inside the file, of what it was drawn from. They tell whether it is up to date
 * without a browser.
 */
import { noteOf, withNote } from "./note.ts";
import { pictureIn } from "./svg-picture.ts";

/** Each is 32 hexadecimal digits. */
export interface Stamp {
  /** Of what the message is about: the fixture and the registry's entry. */
  data: string;
  /** Of what gives it its form: the avatar, and the Python of the integration and of those it uses. */
  form: string;
  /** Of everything that may change the picture: these two, the tree's library and this program. */
  inputs: string;
  /** Of the page that the browser drew. */
  page: string;
}

const KEYWORD = "connect-webhook";
const HASH = "([0-9a-f]{32})";
const FORM = new RegExp(`^data=${HASH} form=${HASH} inputs=${HASH} page=${HASH}$`);

/** The stamp of a picture, or undefined for one that was made elsewhere. */
export function stampOf(picture: Uint8Array): Stamp | undefined {
  const [whole, data = "", form = "", inputs = "", page = ""] =
    FORM.exec(noteOf(pictureIn(picture), KEYWORD) ?? "") ?? [];
  return whole === undefined ? undefined : { data, form, inputs, page };
}

/** A PNG with its stamp in it. */
export function stamped(png: Uint8Array, { data, form, inputs, page }: Stamp): Buffer {
  return withNote(png, KEYWORD, `data=${data} form=${form} inputs=${inputs} page=${page}`);
}
