/** One integration as `list --json` and `show --json` print it. */
import type { Integration, IntegrationFiles } from "../checkout/model.ts";

/** What the tree has of an integration. What is not on disk is null. */
export function integrationEntry(integration: Integration, files: IntegrationFiles) {
  return {
    name: integration.name,
    displayName: integration.displayName,
    categories: integration.categories,
    url: integration.url,
    function: integration.functionPath,
    directory: integration.directory,
    fixtures: files.fixtures.map(({ path }) => path),
    doc: files.docFile ?? null,
    logo: files.logo ?? null,
    avatar: files.avatar ?? null,
    screenshots: integration.screenshots.map(({ fixture, imagePath }) => ({
      fixture,
      image: imagePath,
    })),
  };
}
