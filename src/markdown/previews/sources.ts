/** Which addresses are images or videos, and where their previews come from. */
import { joinUrl, splitUrl } from "../urls.ts";

const IMAGE = /\.(?:bmp|gif|jpe|jpeg|jpg|png|webp)$/;
const VIDEO = /\.(?:mp4|mpg4|m4v|webm)$/;
const YOUTUBE_HOSTS = new Set(
  "m.youtube.com www.youtube.com www.youtube-nocookie.com youtube.com youtube-nocookie.com".split(
    " ",
  ),
);

/** Whether a host is a domain or lies in it. */
function isIn(host: string, domain: string): boolean {
  return host === domain || host.endsWith(`.${domain}`);
}

/** Whether an address is that of a video which every browser plays. */
export function isVideo(url: string): boolean {
  return VIDEO.test(splitUrl(url)?.path.toLowerCase() ?? "");
}

/** Whether an address is that of an image. Dropbox serves pages under such names. */
export function isImage(url: string): boolean {
  const parts = splitUrl(url);
  if (!parts || parts.host === "pasteboard.co" || isIn(parts.host, "dropbox.com")) return false;
  return IMAGE.test(parts.path.toLowerCase());
}

/**
 * The link of an image preview. Wikipedia and linx.li show a page under the image's name.
 * @param url The address in the message.
 */
export function linkOfImage(url: string): string {
  const parts = splitUrl(url);
  if (
    parts?.host.toLowerCase().endsWith(".wikipedia.org") &&
    parts.path.startsWith("/wiki/File:")
  ) {
    const path = parts.path.replace("/wiki/File:", "/wiki/Special:FilePath/File:");
    return joinUrl({ ...parts, path });
  }
  return parts?.host === "linx.li" ? `https://linx.li/s${parts.path}` : url;
}

/**
 * The address of an image itself. GitHub shows a page for a file in a repository.
 * @param url The link of the preview.
 */
export function sourceOfImage(url: string): string {
  const parts = splitUrl(url);
  if (!parts || !isIn(parts.host, "github.com")) return url;
  const [empty, owner, repository, kind, ...rest] = parts.path.split("/");
  if (kind !== "blob") return url;
  return `https://raw.githubusercontent.com${[empty, owner, repository, ...rest].join("/")}`;
}

function youtubeIdIn(path: string, query: URLSearchParams): string | null | undefined {
  if (path === "/watch" || path === "/watch_popup") return query.get("v");
  if (path === "/watch_videos") return query.get("video_ids")?.split(",")[0];
  return /^\/(?:embed|shorts|v)\/([^/]*)/.exec(path)?.[1];
}

/** The identifier of a YouTube video, if the address is one. */
export function youtubeId(url: string): string | undefined {
  const parts = splitUrl(url);
  if (parts?.scheme !== "http" && parts?.scheme !== "https") return undefined;
  const host = parts.host.toLowerCase();
  const id = YOUTUBE_HOSTS.has(host)
    ? youtubeIdIn(parts.path, new URLSearchParams(parts.query))
    : host === "youtu.be" && parts.path.slice(1);
  return id && /^[0-9A-Za-z_-]+$/.test(id) ? id : undefined;
}
