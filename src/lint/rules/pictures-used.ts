import { digest } from "../../host/checksum.ts";
import type { Finding, Rule } from "../rule.ts";
import type { LintTarget } from "../target.ts";

export const picturesUsed: Rule = {
  id: "pictures-used",
  part: "screenshot",
  severity: "warning",
  summary: "Every picture in the integration's folder is shown, and is its own.",
  why: "Pictures of earlier messages stay in the repository for good, and a copied picture shows another service.",
  howToFix: "Remove the picture, or show it on the page.",
  needsEntry: true,
  async check(target) {
    const { imageRoot } = target.checkout.dialect;
    const folder = `${imageRoot}/${target.name}`;
    const own = (await target.session.filesBelow(folder)).map((name) => `${folder}/${name}`);
    const pictures = own.filter((path) => /\.(png|gif|jpe?g|svg|webp)$/i.test(path));
    const unused = await unusedAmong(target, pictures);
    return [...unused, ...copiesAmong(target, pictures)];
  },
};

async function unusedAmong(target: LintTarget, pictures: readonly string[]): Promise<Finding[]> {
  const { integrations } = target.checkout;
  const configured = new Set(
    integrations.flatMap(({ screenshots }) => screenshots.map(({ imagePath }) => imagePath)),
  );
  const shown = (path: string, texts: readonly string[]): boolean => {
    const short = path.slice(target.checkout.dialect.imageRoot.length + 1);
    return texts.some((text) => text.includes(short));
  };
  const own = target.folderMates.map(({ docFile }) => target.text(docFile) ?? "");
  const rest = pictures.filter((path) => !configured.has(path) && !shown(path, own));
  if (rest.length === 0) return [];
  const others = await otherPages(target);
  return rest
    .filter((path) => !shown(path, others))
    .map((path) => ({ path, message: "No page shows the picture.", fix: "Remove it." }));
}

/** Pages and code that may show pictures of integrations; they are many, so only read when there is a question. */
async function otherPages({ session }: LintTarget): Promise<string[]> {
  return session.once("other pages", async () => {
    const folders = ["templates", "help", "zerver/webhooks", "starlight_help/src", "help-beta/src"];
    const found = folders.map(async (folder) =>
      (await session.filesBelow(folder))
        .filter((name) => /\.(md|mdx|html|astro)$/.test(name))
        .map((name) => session.text(`${folder}/${name}`) ?? "")
        .filter((text) => text.includes("images/integrations")),
    );
    return (await Promise.all(found)).flat();
  });
}

/** Pictures with the same bytes as one of another integration that shows a message; of a new and an old one, the new. */
function copiesAmong(target: LintTarget, pictures: readonly string[]): Finding[] {
  const { session, integration } = target;
  return pictures.flatMap((path) => {
    const bytes = session.bytes(path);
    const others = bytes ? (picturesByContent(target).get(digest([bytes])) ?? []) : [];
    const other = others.find(
      ({ name, imagePath }) =>
        name !== integration.name &&
        imagePath !== path &&
        (session.isNew(path) || !session.isNew(imagePath)),
    );
    if (!other) return [];
    const message = `The picture is a copy of ${other.imagePath}.`;
    const fix = `Run \`connect-webhook screenshot --integration ${integration.name}\`.`;
    return [{ path, message, fix }];
  });
}

function picturesByContent({
  session,
}: LintTarget): ReadonlyMap<string, { name: string; imagePath: string }[]> {
  return session.once("pictures by content", () => {
    const found = new Map<string, { name: string; imagePath: string }[]>();
    for (const { name, screenshots } of session.checkout.integrations) {
      for (const { imagePath } of screenshots) {
        const bytes = session.bytes(imagePath);
        if (!bytes) continue;
        const key = digest([bytes]);
        found.set(key, [...(found.get(key) ?? []), { name, imagePath }]);
      }
    }
    return found;
  });
}
