import { describe, expect, it } from "vitest";
import { openWorkspace, plan, samplePayload } from "./support.ts";

/** The messages that the drafted view sends, as `[topic] content`. */
async function messagesOf(files: string[], options = {}): Promise<string> {
  const payloads = files.map(samplePayload);
  const { messages } = await plan(await openWorkspace(), { payloads, ...options });
  return messages.map(({ topic, content }) => `[${topic}] ${content}`).join("\n---\n");
}

describe("the drafted message", () => {
  it("says who did what to which thing, for each event", async () => {
    const files = ["acmedeploy/deploy_finished.json", "acmedeploy/deploy_failed.json"];
    expect(await messagesOf(files)).toMatchInlineSnapshot(`
      "[checkout] **Ana Lúcia Prado** finished deployment [Checkout 2.14.0](https://deploy.acme.example/checkout/4182): **succeeded**.
      * **Environment:** production
      * **Branch:** main
      ---
      [checkout] Deployment [Checkout 2.14.1](https://deploy.acme.example/checkout/4183) by **Jonas "JB" Berg** failed.
      * **Environment:** staging
      * **Branch:** fix/retry

      ~~~ quote
      Step 3 of 5 failed:
          npm run build
          exit code 1
      ~~~"
    `);
  });

  it("lists what came in a list", async () => {
    expect(await messagesOf(["pulsecheck/alerts_firing.json"])).toMatchInlineSnapshot(`
      "[Acme Deploy] Acme Deploy notification: **firing**
      * [High latency](https://pulse.example/alerts/71): **firing**
      * [Disk almost full](https://pulse.example/alerts/72): **firing**"
    `);
  });

  it("takes events from file names when a header says them", async () => {
    const files = ["reviewbay/push__two_commits.json", "reviewbay/merge_request__opened.json"];
    expect(await messagesOf(files, { eventHeader: "X-Review-Event" })).toMatchInlineSnapshot(`
      "[orchard/press] Push by **mira**:
      * [Press the apples twice](https://review.example/c/1f39d0c)
      * [Label the bottles](https://review.example/c/8a2b6ee)
      ---
      [orchard/press] **Mira Öztürk** opened merge request [Filter the juice [again]](https://review.example/orchard/press/41).

      ~~~ quote
      Closes #40.

      * finer sieve
      * \`--slow\` by default
      ~~~"
    `);
  });

  it("shows a number where there is no title", async () => {
    expect(await messagesOf(["shopfront/order_paid.json"])).toMatchInlineSnapshot(
      `"[Acme Deploy #100234] **Ola Nordmann** paid order [#100234](https://shop.example/admin/orders/100234)."`,
    );
  });

  it.each([
    "hostile_strings",
    "long_strings",
    "nothing_to_show",
    "number_title",
    "scalar",
    "top_level_array",
    "unknown_keys",
  ])("makes something of %s", async (name) => {
    expect(await messagesOf([`odd/${name}.json`])).toMatchSnapshot();
  });

  it("is made of a sample when there is no payload", async () => {
    expect(await messagesOf([])).toMatchInlineSnapshot(
      `"[Handbook] [Nightly build of the handbook](https://example.com/builds/4211) by **Ada Byron**: **succeeded**."`,
    );
  });
});
