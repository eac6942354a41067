/** A folder without a registry entry, seen as the integration it would be with the registry's defaults. */
import { titleCase } from "../checkout/index.ts";
import type { Checkout, Integration } from "../checkout/model.ts";

/**
 * What the registry would make of a folder if its entry stated nothing but the name.
 * Follows the defaults of `zerver/lib/integrations.py`.
 * @param name The folder's name, which becomes the integration's.
 */
export function unregisteredIntegration(checkout: Checkout, name: string): Integration {
  const { imageRoot } = checkout.dialect;
  const directory = `zerver/webhooks/${name}`;
  const functionName = `api_${name}_webhook`;
  const logo = `${imageRoot}/logos/${name}.svg`;
  return {
    name,
    displayName: titleCase(name),
    clientName: "",
    categories: [],
    streamName: name,
    legacy: false,
    secondaryLineText: undefined,
    url: `api/v1/external/${name}`,
    functionPath: `zerver.webhooks.${name}.view.${functionName}`,
    functionName,
    viewModule: `zerver.webhooks.${name}.view`,
    directoryName: name,
    directory,
    initFile: `${directory}/__init__.py`,
    testsFile: `${directory}/tests.py`,
    docFile: `${directory}/doc.md`,
    fixturesDirectory: `${directory}/fixtures`,
    logo: undefined,
    expectedLogo: logo,
    avatar: `${imageRoot}/bot_avatars/${name}.png`,
    screenshots: [],
    noScreenshot: checkout.noScreenshotNames.has(name),
    range: { from: 0, to: 0 },
    line: 1,
  };
}
