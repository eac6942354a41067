/** Which fixtures no test sends. */
import { describe, expect, it } from "vitest";
import type { Fixture } from "../../src/checkout/model.ts";
import { parseModule } from "../../src/python/parse-module.ts";
import { unsentFixtures } from "../../src/record/index.ts";

function unsent(source: string, ...files: string[]): string[] {
  const fixtures = files.map((file) => ({
    file,
    name: file.replace(/\.\w+$/, ""),
    path: `zerver/webhooks/x/fixtures/${file}`,
  }));
  return [...unsentFixtures(fixtures as Fixture[], parseModule(source))];
}

describe("unsentFixtures", () => {
  it("names those that no test names", () => {
    const source = 'class T:\n    def test_a(self):\n        self.check_webhook("a", "", "")\n';
    expect(unsent(source, "a.json", "b.json")).toEqual(["b.json"]);
  });

  it("does not take an answer to the view for something that is sent", () => {
    const source = `class T:
    def test_a(self):
        responses.add(responses.GET, "u", self.webhook_fixture_data("x", "answer"))
        self.check_webhook("a", "", "")
`;
    expect(unsent(source, "a.json", "answer.json")).toEqual(["answer.json"]);
  });

  it("takes the file of the type that is read where there are two of a name", () => {
    const source = (more: string) => `class T:
    def test_a(self):
        self.check_webhook("a", "", "")

    def get_body(self, fixture_name):
        return self.webhook_fixture_data("x", fixture_name${more})
`;
    expect(unsent(source(', file_type="txt"'), "a.json", "a.txt")).toEqual(["a.json"]);
    expect(unsent(source(""), "a.json", "a.txt")).toEqual([]);
    expect(unsent(source(', file_type="txt"'), "a.json")).toEqual([]);
  });

  it("says nothing of tests that name none, or that list the folder", () => {
    expect(unsent("class T:\n    pass\n", "a.json")).toEqual([]);
    expect(
      unsent('x = "a"\nfor name in os.listdir(folder):\n    pass\n', "a.json", "b.json"),
    ).toEqual([]);
  });
});
