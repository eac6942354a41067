/** Editing a module's import statements: those that do not change keep every byte. */
import type { Edit } from "./edit.ts";
import { byType, sectionOf } from "./import-list.ts";
import { widthOf } from "./layout.ts";
import { lineBreakOf } from "./source.ts";
import type { ImportedName, PythonModule } from "./syntax.ts";

/** An imported name as it should be afterwards. */
export interface WantedImport {
  readonly module: string;
  /** Undefined for `import x`. */
  readonly name: string | undefined;
  readonly alias: string;
}

interface Statement {
  /** What stands before it: line breaks and comments. */
  lead: string;
  text: string;
  imports: WantedImport[];
  changed: boolean;
}

/**
 * The edits that make a module's imports those that are wanted. Statements stay where they are; a name that moves to
 * another module joins its statement there, or a new one in the place that isort gives it.
 * @param module The parsed module.
 * @param change For each imported name what it becomes; undefined to drop it.
 * @param added Names to import on top.
 * @param lineLength The longest line allowed, in characters.
 */
export function editImports(
  module: PythonModule,
  change: (imported: ImportedName) => WantedImport | undefined,
  added: readonly WantedImport[],
  lineLength: number,
): Edit[] {
  const statements = statementsOf(module);
  const first = module.imports[0];
  const last = module.imports.at(-1);
  const moved: WantedImport[] = [...added];
  for (const statement of statements) {
    const own = statement.imports[0]?.module;
    const kept: WantedImport[] = [];
    for (const imported of statement.imports) {
      const wanted = change(imported as ImportedName);
      if (wanted && wanted.module === own && wanted.name !== undefined) kept.push(wanted);
      else if (wanted && wanted.name === undefined) kept.push(wanted);
      else if (wanted) moved.push(wanted);
    }
    statement.changed = !sameImports(kept, statement.imports);
    statement.imports = kept;
  }
  for (const wanted of moved) place(statements, wanted);
  if (!statements.some(({ changed }) => changed)) return [];
  const lineBreak = lineBreakOf(module.text);
  const text = rewrite(statements, lineLength).replaceAll("\n", lineBreak).replaceAll("\r\r", "\r");
  if (!first || !last) {
    return [{ from: 0, to: 0, insert: `${text}${lineBreak}${lineBreak}` }];
  }
  return [{ from: first.from, to: last.to, insert: text }];
}

function statementsOf({ text, imports }: PythonModule): Statement[] {
  const statements: Statement[] = [];
  let end = imports[0]?.from ?? 0;
  for (const imported of imports) {
    const last = statements.at(-1);
    if (last && imported.to === end) {
      last.imports.push(imported);
      continue;
    }
    const lead = text.slice(end, imported.from);
    const statement = text.slice(imported.from, imported.to);
    statements.push({ lead, text: statement, imports: [imported], changed: false });
    end = imported.to;
  }
  return statements;
}

function sameImports(a: readonly WantedImport[], b: readonly WantedImport[]): boolean {
  return (
    a.length === b.length &&
    a.every(({ name, alias }, index) => name === b[index]?.name && alias === b[index]?.alias)
  );
}

/** Puts a name into the statement of its module, or makes one. */
function place(statements: Statement[], wanted: WantedImport): void {
  const present = statements.find(
    ({ imports }) => imports[0]?.module === wanted.module && imports[0].name !== undefined,
  );
  if (present) {
    if (present.imports.some(({ alias }) => alias === wanted.alias)) return;
    present.imports.push(wanted);
    present.changed = true;
    return;
  }
  const statement = { lead: "\n", text: "", imports: [wanted], changed: true };
  const section = sectionOf(wanted.module);
  const next = statements.findIndex(
    ({ imports: [one] }) =>
      one !== undefined &&
      sectionOf(one.module) === section &&
      one.name !== undefined &&
      one.module > wanted.module,
  );
  if (next >= 0) {
    const after = statements[next];
    if (after) [statement.lead, after.lead] = [after.lead, "\n"];
    statements.splice(next, 0, statement);
    return;
  }
  const end = statements.findLastIndex(
    ({ imports: [one] }) => one !== undefined && sectionOf(one.module) <= section,
  );
  const before = statements[end]?.imports[0];
  const startsSection = before === undefined || sectionOf(before.module) < section;
  const following = statements[end + 1];
  if (startsSection) {
    statement.lead = end < 0 ? "" : "\n\n";
    // A comment in front of it stays with it.
    if (following) following.lead = `\n\n${following.lead.replace(/^[\r\n]+/, "")}`;
  }
  statements.splice(end + 1, 0, statement);
}

function rewrite(statements: readonly Statement[], lineLength: number): string {
  let text = "";
  let pending = "";
  for (const statement of statements) {
    // A statement without names is gone; the widest gap around it stays.
    if (statement.imports.length === 0) {
      pending = widest(pending, statement.lead);
      continue;
    }
    const lead = widest(pending, statement.lead);
    pending = "";
    text += text === "" ? lead.trimStart() : lead;
    text += statement.changed ? write(statement, lineLength) : statement.text;
  }
  return text;
}

function widest(a: string, b: string): string {
  const gap = (lead: string): number => lead.split("\n").length;
  if (/\S/.test(a) && /\S/.test(b)) return a + b;
  if (/\S/.test(a) || /\S/.test(b)) return /\S/.test(a) ? a : b;
  return gap(a) > gap(b) ? a : b;
}

function write({ text, imports }: Statement, lineLength: number): string {
  const [first] = imports;
  if (first?.name === undefined) return text;
  const names = imports
    .map(({ name, alias }) => (name === alias ? alias : `${name} as ${alias}`))
    .sort(byType);
  const [comment] = /#.*/s.exec(text.slice(text.lastIndexOf("\n") + 1)) ?? [];
  const line = `from ${first.module} import ${names.join(", ")}`;
  const tail = comment === undefined ? "" : `  ${comment}`;
  if (widthOf(line) <= lineLength) return line + tail;
  return `from ${first.module} import (\n${names.map((name) => `    ${name},\n`).join("")})${tail}`;
}
