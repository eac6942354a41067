/** Which tests of a file do not run, and which of those that run compare nothing. */
import { callsIn } from "../python/module.ts";
import { childrenOf, findNodes, type SyntaxNode } from "../python/source.ts";
import type { FunctionDefinition, PythonModule } from "../python/syntax.ts";
import { findMethod, type TestClass } from "./test-classes.ts";
import { isConstantAssertion, vainAssertions } from "./vain-assertions.ts";

/** A test that shows nothing. */
export interface IdleTest {
  readonly method: FunctionDefinition;
  /** Why, as the rest of a sentence that begins with the test's name. */
  readonly why: string;
  /** True when its body is never reached. */
  readonly dead: boolean;
}

/** What is said of a test without a comparison. */
export const COMPARES_NOTHING = "compares nothing";

/** Methods of the test base that compare nothing by themselves. */
const harmless =
  /^(client_(post|get|patch|delete|put)|get_(body|payload|last_message|second_to_last_message|api_key)|webhook_fixture_data|fixture_data|send_webhook_payload|subscribe|build_webhook_url|encode_user|encode_credentials|example_user|mit_user|login\w*|settings|subTest|addCleanup|make_stream|api_(get|post))$/;

/** Methods that do what `check_webhook` and the like do. */
const comparing =
  /^(assert\w*|check_\w+|send_and_test_\w+|api_(stream|channel)_message|fail|verify\w*)$/i;

const known = new WeakMap<TestClass, readonly IdleTest[]>();

/** The tests of a class that show nothing. */
export function idleTests(module: PythonModule, testClass: TestClass): readonly IdleTest[] {
  const before = known.get(testClass);
  if (before) return before;
  const found = testClass.definition.methods.flatMap((method, index, methods) => {
    const dead = deadBecause(module, testClass, method, methods.slice(index + 1));
    if (dead !== undefined) return [{ method, why: dead, dead: true }];
    if (!method.name.startsWith("test")) return [];
    const why =
      idleBecause(module, testClass, method) ?? repeats(module, method, methods.slice(0, index));
    return why === undefined ? [] : [{ method, why, dead: false }];
  });
  known.set(testClass, found);
  return found;
}

/** Why a method that was meant as a test never runs. */
function deadBecause(
  module: PythonModule,
  testClass: TestClass,
  method: FunctionDefinition,
  later: readonly FunctionDefinition[],
): string | undefined {
  const { name } = method;
  if (name.startsWith("test") && later.some((other) => other.name === name)) {
    return "is never run: a later method has the same name";
  }
  if (!name.startsWith("test")) {
    return isMeantAsTest(module, testClass, method)
      ? "is never run: its name does not begin with `test`"
      : undefined;
  }
  const skips = method.decorators.find((one) => /(^|\.)(skip|expectedFailure)$/.test(one.name));
  if (skips) return `is never run: it is marked \`@${skips.name}\``;
  const [first] = statementsOf(method);
  const text = first ? module.text.slice(first.from, first.to) : "";
  if (/^(return\b|self\.skipTest\(|raise (unittest\.)?SkipTest)/.test(text))
    return "ends before it does anything";
  return undefined;
}

/** A method that compares messages, takes nothing, and that nobody calls. */
function isMeantAsTest(
  module: PythonModule,
  testClass: TestClass,
  method: FunctionDefinition,
): boolean {
  if (/^(setUp|tearDown|build_|get_)/.test(method.name) || method.parameters.length > 1)
    return false;
  if (
    method.decorators.some(({ name }) => /property|method|override$/.test(name)) ||
    !testClass.complete
  )
    return false;
  if (module.text.split(method.name).length !== 2) return false;
  return callsIn(module.text, method.node).some(({ callee }) =>
    /^self\.(check_webhook|send_and_test|assert)/.test(callee),
  );
}

function statementsOf(method: FunctionDefinition): SyntaxNode[] {
  const body = method.node.getChild("Body");
  return [...(body ? childrenOf(body) : [])].filter(
    ({ name, firstChild }) =>
      name !== ":" &&
      name !== "Comment" &&
      !(name === "ExpressionStatement" && /String$/.test(firstChild?.name ?? "")),
  );
}

/** Why a test that runs compares nothing. */
function idleBecause(
  module: PythonModule,
  testClass: TestClass,
  method: FunctionDefinition,
): string | undefined {
  const source = module.text.slice(method.node.from, method.node.to);
  if (!compares(module, testClass, method, new Set())) return COMPARES_NOTHING;
  if (isSwallowed(module, method)) return "passes whatever happens: every failure is caught";
  if (!/^[ \t]+expected_\w+ *=[^=]/m.test(source)) return undefined;
  for (const node of findNodes(method.node, "AssignStatement")) {
    const name = /^(expected_\w+) *=[^=]/.exec(module.text.slice(node.from, node.to))?.[1];
    if (!/message|body|content|topic/.test(name ?? "")) continue;
    if (name !== undefined && source.split(new RegExp(`\\b${name}\\b`)).length === 2) {
      return `never compares \`${name}\``;
    }
  }
  return undefined;
}

/** Which earlier test does exactly the same. */
function repeats(
  module: PythonModule,
  method: FunctionDefinition,
  earlier: readonly FunctionDefinition[],
): string | undefined {
  if (method.decorators.length > 0) return undefined;
  const body = (one: FunctionDefinition): string =>
    statementsOf(one)
      .map(({ from, to }) => module.text.slice(from, to))
      .join("\n");
  const own = body(method);
  const twin = earlier.find(
    (one) =>
      one.name.startsWith("test") &&
      one.decorators.length === 0 &&
      one.node.to - one.node.from > own.length &&
      body(one) === own,
  );
  return twin && `does the same as \`${twin.name}\``;
}

function compares(
  module: PythonModule,
  testClass: TestClass,
  method: FunctionDefinition,
  seen: Set<FunctionDefinition>,
): boolean {
  seen.add(method);
  const vain = new Set(vainAssertions(module, method).map(({ from }) => from));
  if (findNodes(method.node, "AssertStatement").some(({ from }) => !vain.has(from))) return true;
  return callsIn(module.text, method.node).some((call) => {
    const [, own] = /^(?:self|cls|super\(\))\.(\w+)$/.exec(call.callee) ?? [];
    if (own === undefined) {
      // What another class or a function of the file does with the test is not followed.
      return (
        /(^|\.)(assert\w*)$/.test(call.callee) ||
        call.args.some(({ value }) => value.kind === "name" && value.name === "self") ||
        call.callee === ""
      );
    }
    const followed = findMethod(testClass, own);
    if (followed) return !seen.has(followed) && compares(module, testClass, followed, seen);
    if (comparing.test(own))
      return !isConstantAssertion(module, method, call) && !vain.has(call.from);
    return !harmless.test(own);
  });
}

/** Whether all that compares stands in a `try` that catches failures and lets them pass. */
function isSwallowed(module: PythonModule, method: FunctionDefinition): boolean {
  if (!/^[ \t]+except\b/m.test(module.text.slice(method.node.from, method.node.to))) return false;
  const tries = findNodes(method.node, "TryStatement").filter((node) =>
    /\bexcept(?: (?:Exception|AssertionError|BaseException)(?: as \w+)?)?:\s*(?:pass|return)\b/.test(
      module.text.slice(node.from, node.to),
    ),
  );
  if (tries.length === 0) return false;
  return callsIn(module.text, method.node)
    .filter(({ callee }) => /^self\.(assert|check_|send_and_test)/.test(callee))
    .every((call) => tries.some((node) => node.from < call.from && call.to < node.to));
}
