import { describe, expect, it } from "vitest";
import { applyEdits } from "../../src/python/edit.ts";
import { editImports, type WantedImport } from "../../src/python/import-edit.ts";
import { parseModule } from "../../src/python/parse-module.ts";
import type { ImportedName } from "../../src/python/syntax.ts";

type Change = (imported: ImportedName) => WantedImport | undefined;

function edited(text: string, change: Change, added: WantedImport[] = []): string {
  return applyEdits(text, editImports(parseModule(text), change, added, 60));
}

const to =
  (names: string[], module: string): Change =>
  (imported) =>
    imported.name !== undefined && names.includes(imported.name)
      ? { ...imported, module }
      : imported;

const FILE = `import re
from typing import Callable, Dict

from django.http import HttpRequest

# ours
from zerver.decorator import webhook_view  # checked
from zerver.models import UserProfile, get_user

x = 1
`;

describe("editImports", () => {
  it("changes nothing where nothing changes", () => {
    expect(editImports(parseModule(FILE), (imported) => imported, [], 60)).toEqual([]);
  });

  it("moves a name to a module of its own, in its place", () => {
    expect(edited(FILE, to(["get_user"], "zerver.models.users"))).toBe(
      FILE.replace(
        "import UserProfile, get_user\n",
        "import UserProfile\nfrom zerver.models.users import get_user\n",
      ),
    );
    expect(edited(FILE, to(["Callable"], "collections.abc"))).toBe(
      FILE.replace("from typing", "from collections.abc import Callable\nfrom typing").replace(
        "Callable, Dict",
        "Dict",
      ),
    );
  });

  it("takes a statement away with its last name, and a section with its last statement", () => {
    const drop: Change = (one) => (one.module === "typing" ? undefined : one);
    expect(edited(FILE, drop)).toBe(FILE.replace("from typing import Callable, Dict\n", ""));
    const dropDjango: Change = (one) => (one.module === "django.http" ? undefined : one);
    expect(edited(FILE, dropDjango)).toBe(
      FILE.replace("from django.http import HttpRequest\n\n", ""),
    );
  });

  it("joins a name to the statement that is there, sorted as isort does", () => {
    const added = [{ module: "zerver.models", name: "MAX", alias: "MAX" }];
    expect(edited(FILE, (one) => one, added)).toBe(
      FILE.replace("import UserProfile, get_user", "import MAX, UserProfile, get_user"),
    );
  });

  it("makes a section where there is none", () => {
    const text = "from zerver.models import UserProfile\n\nx = 1\n";
    const added = [{ module: "typing", name: "Dict", alias: "Dict" }];
    expect(edited(text, (one) => one, added)).toBe(`from typing import Dict\n\n${text}`);
  });

  it("breaks a statement that gets too long", () => {
    const added = [
      { module: "zerver.models", name: "get_user_by_mail", alias: "get_user_by_mail" },
    ];
    expect(edited(FILE, (one) => one, added)).toContain(
      "from zerver.models import (\n    UserProfile,\n    get_user,\n    get_user_by_mail,\n)\n",
    );
  });

  it("keeps the comment in front of a section before which it makes another", () => {
    const text = "import os\n# The tree's own.\nfrom zerver.lib.a import a\n";
    const added = [{ module: "pydantic", name: "Json", alias: "Json" }];
    const module = parseModule(text);
    const result = applyEdits(
      text,
      editImports(module, (imported) => imported, added, 100),
    );
    expect(result).toBe(
      "import os\n\nfrom pydantic import Json\n\n# The tree's own.\nfrom zerver.lib.a import a\n",
    );
  });

  it("keeps CRLF", () => {
    const text = FILE.replaceAll("\n", "\r\n");
    const result = edited(text, to(["get_user"], "zerver.models.users"));
    expect(result).not.toMatch(/[^\r]\n/);
    expect(result).toContain("from zerver.models.users import get_user\r\n");
  });
});
