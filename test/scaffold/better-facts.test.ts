/** Of many facts the ones that maintainers' messages show. */
import { expect, it } from "vitest";
import { planningForFile } from "./support.ts";

const { messageOf } = planningForFile();

it("tells names and phrases before other texts, and those before numbers", async () => {
  const message = await messageOf({
    event: "hull.inspected",
    hull: { name: "Nellie", frames: 41, planks: 212, bolts: 1980 },
    hull_code: "kx/7",
    timber: "oak",
    yard: "Upper Quay",
    verdict: "Fit for another season",
    surveyor: "Ada",
  });
  expect(message).toContain("* **Yard:** Upper Quay");
  expect(message).toContain("* **Verdict:** Fit for another season");
  expect(message).toContain("* **Surveyor:** Ada");
  expect(message).toContain("* **Timber:** oak");
  expect(message).not.toContain("41");
});

it("links to the page of a thing that is called its home", async () => {
  const homepage = "https://images.example/tide/table";
  expect(await messageOf({ event: "image.scanned", image: "tide", homepage })).toContain(homepage);
});

it("tells the commit that something was built from, under another name", async () => {
  const source = { commit_info: { message: "Mend the pump", url: "https://git.example/c/7" } };
  const message = await messageOf({ event: "build.finished", build: { name: "tide" }, source });
  expect(message).toContain("* **Commit:** [Mend the pump](https://git.example/c/7)");
});
