/**
 * The stamp of a picture: hashes, inside the file, of what it was drawn from and of the picture itself. They tell
 * whether it is up to date and whole without a browser.
 */
import { digest } from "../host/checksum.ts";
import { noteOf, withNote, withoutNote } from "./note.ts";
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
  /** Of the pixels, by `pixelHash`. */
  pixels: string;
}

const KEYWORD = "connect-webhook";
const HASH = "([0-9a-f]{32})";
const FORM = new RegExp(
  `^data=${HASH} form=${HASH} inputs=${HASH} page=${HASH} pixels=${HASH} file=${HASH}$`,
);

/** The stamp of a picture, or undefined for one that was made elsewhere, or by an early version of this program. */
export function stampOf(picture: Uint8Array): Stamp | undefined {
  const [whole, data = "", form = "", inputs = "", page = "", pixels = ""] = matched(picture) ?? [];
  return whole === undefined ? undefined : { data, form, inputs, page, pixels };
}

/** Whether a picture's file is byte for byte as it was when it got its stamp. */
export function isAsStamped(picture: Uint8Array): boolean {
  return matched(picture)?.at(-1) === fileHash(pictureIn(picture));
}

/** A PNG with its stamp in it. */
export function stamped(png: Uint8Array, stamp: Stamp): Buffer {
  const { data, form, inputs, page, pixels } = stamp;
  const hashes = { data, form, inputs, page, pixels, file: fileHash(png) };
  const written = Object.entries(hashes).map(([name, hash]) => `${name}=${hash}`);
  return withNote(png, KEYWORD, written.join(" "));
}

/** The hash of a picture's pixels: red, green and blue of each, row by row. */
export function pixelHash(pixels: Uint8Array): string {
  return digest([pixels]);
}

function matched(picture: Uint8Array): RegExpExecArray | null {
  return FORM.exec(noteOf(pictureIn(picture), KEYWORD) ?? "");
}

/** Of everything in the file but the stamp. */
function fileHash(png: Uint8Array): string {
  return digest([withoutNote(png, KEYWORD)]);
}
