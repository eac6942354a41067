/** Of many facts the ones that maintainers' messages show. */
import { expect, it } from "vitest";
import { planningForFile } from "./support.ts";

const { messageOf } = planningForFile();

it("links to the page of a thing that is called its home", async () => {
  const homepage = "https://images.example/tide/table";
  expect(await messageOf({ event: "image.scanned", image: "tide", homepage })).toContain(homepage);
});

it("tells the commit that something was built from, under another name", async () => {
  const source = { commit_info: { message: "Mend the pump", url: "https://git.example/c/7" } };
  const message = await messageOf({ event: "build.finished", build: { name: "tide" }, source });
  expect(message).toContain("* **Commit:** [Mend the pump](https://git.example/c/7)");
});
