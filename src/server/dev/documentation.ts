/** An integration's `doc.md` as the page shows it, with what the tree has of macros and images. */
import { posix } from "node:path";
import type { Checkout, Integration } from "../../checkout/model.ts";
import { fileStat, pathInside, readTextIfExists, resolveInside } from "../../host/files.ts";
import { readBytesNow } from "../../host/read-now.ts";
import { renderDocumentation } from "../../markdown/documentation.ts";

/** A picture of a message is some 40 KB. */
const MAX_IMAGE_BYTES = 4_000_000;
const IMAGE_TYPES: Readonly<Record<string, string>> = {
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".jpg": "image/jpeg",
  ".jpeg": "image/jpeg",
  ".gif": "image/gif",
  ".webp": "image/webp",
};

/**
 * Renders the page.
 * @param eventTypes What the view declares.
 * @returns HTML whose images are data, or undefined when there is no `doc.md`.
 */
export async function documentationOf(
  checkout: Checkout,
  integration: Integration,
  eventTypes: readonly string[] | undefined,
): Promise<string | undefined> {
  const { root, dialect } = checkout;
  const source = await readTextIfExists(resolveInside(root, integration.docFile));
  if (source === undefined) return undefined;
  return renderDocumentation(source, {
    include: (name) => readMacro(root, dialect.docs.macroDirectory, name),
    variables: {
      integration_name: integration.name,
      integration_display_name: integration.displayName,
      integration_url: integration.url.replace(/^api/, ""),
      recommended_stream_name: integration.streamName,
      recommended_channel_name: integration.streamName,
      api_url: "https://connect.example.com/api",
      zulip_url: "https://connect.example.com",
    },
    eventTypes,
    image: (address) => imageData(checkout, address),
  });
}

/** What leads out of the tree, as by a link, is not there: the rest of the page is shown. */
function readMacro(root: string, folder: string, name: string): string | undefined {
  if (!/^[\w/-]+\.md$/.test(name)) return undefined;
  const file = pathInside(root, folder, name);
  return file && readBytesNow(file)?.toString("utf8");
}

/** Only what is below the tree's image folder, and an image by its name. */
function imageData({ root, dialect }: Checkout, address: string): string | undefined {
  const prefix = "/static/";
  const type = IMAGE_TYPES[posix.extname(address).toLowerCase()];
  if (!address.startsWith(prefix) || type === undefined) return undefined;
  const path = posix.join(dialect.staticRoot, decode(address.slice(prefix.length)));
  if (!path.startsWith(`${dialect.imageRoot}/`)) return undefined;
  const file = pathInside(root, path);
  if (file === undefined || (fileStat(file)?.size ?? 0) > MAX_IMAGE_BYTES) return undefined;
  const bytes = readBytesNow(file);
  return bytes && `data:${type};base64,${bytes.toString("base64")}`;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
