import { describe, expect, it } from "vitest";
import type { Checkout } from "../../src/checkout/model.ts";
import { convertDoc } from "../../src/transfer/convert/doc.ts";
import type { Note } from "../../src/transfer/convert/notes.ts";

const tree = (docs: Partial<Checkout["dialect"]["docs"]>): Checkout =>
  ({
    dialect: {
      imageRoot: "static/images/integrations",
      docs: { urlPrefix: "/integrations/", streamWord: "channel", ...docs },
    },
  }) as unknown as Checkout;

const older = tree({
  style: "plain",
  productName: "Connect",
  macros: new Set(["create-stream", "create-bot-construct-url", "congrats", "append-topic"]),
});
const newer = tree({
  style: "sections",
  productName: "Zulip",
  macros: new Set([
    "create-an-incoming-webhook",
    "generate-webhook-url-basic",
    "congrats",
    "event-filtering-additional-feature",
    "webhooks-url-specification",
  ]),
});

const PLAIN = `Get Connect notifications from Lamp! See \`Connect\` in the settings.

1. {!create-stream.md!}

1. {!create-bot-construct-url.md!}

1. In Lamp, paste the URL constructed above.

{!congrats.md!}

![](/static/images/integrations/lamp/001.png)
`;
const SECTIONS = `# Zulip Lamp integration

Get Zulip notifications from Lamp! See \`Connect\` in the settings.

{start_tabs}

1. {!create-an-incoming-webhook.md!}

1. {!generate-webhook-url-basic.md!}

1. In Lamp, paste the URL generated above.

{end_tabs}

{!congrats.md!}

![](/static/images/integrations/lamp/001.png)

{!event-filtering-additional-feature.md!}

### Related documentation

{!webhooks-url-specification.md!}
`;

function convert(text: string, from: Checkout, to: Checkout, hasEvents = true): [string, Note[]] {
  const notes: Note[] = [];
  const travel = { path: "doc.md", displayName: "Lamp", hasEvents, from, to, notes };
  return [convertDoc(text, travel), notes];
}

describe("convertDoc", () => {
  it("writes a plain document in sections, and back", () => {
    expect(convert(PLAIN, older, newer)).toEqual([SECTIONS, []]);
    expect(convert(SECTIONS, newer, older)).toEqual([PLAIN, []]);
  });

  it("leaves out the event filter where the view has no events", () => {
    const [text] = convert(PLAIN, older, newer, false);
    expect(text).not.toContain("event-filtering");
  });

  it("changes nothing between trees of one kind", () => {
    expect(convert(PLAIN, older, older)).toEqual([PLAIN, []]);
    expect(convert(SECTIONS, newer, newer)).toEqual([SECTIONS, []]);
  });

  it("names a macro that the target does not have", () => {
    const [text, notes] = convert(
      PLAIN.replace("In Lamp", "{!append-topic.md!}\n\n1. In Lamp"),
      older,
      newer,
    );
    expect(text).toContain("{!append-topic.md!}");
    expect(notes).toEqual([
      {
        path: "doc.md",
        line: 7,
        message: "the documents of this tree have no macro append-topic",
      },
    ]);
  });

  it("keeps the author's own related links", () => {
    const own = `${SECTIONS}\n* [Lamp's API](https://lamp.example/api)\n`;
    const [text] = convert(own, newer, older);
    expect(text).toContain("* [Lamp's API](https://lamp.example/api)");
    expect(text).not.toContain("###");
  });
});
