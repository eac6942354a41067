/**
 * What Pyodide's program asks of JavaScript, and what of that is refused once a checkout's code runs.
 *
 * Code that means harm can find C functions again, through ctypes say. They end here: every way from Python to
 * JavaScript, to the network and to other programs is an import of the WebAssembly program, and these are ours.
 */

/** The program's imports, by name. */
export type Imports = Record<string, unknown>;

const FORBIDDEN = "integrations have no access to the machine they are tested on";
/** Emscripten's number for a call that is not permitted; its system calls return it with a minus. */
const EPERM = 63;
const FAILED = -1;
const NOTHING = 0;

/** Calls that fail as the system's own do, for the code that asks politely. */
const REFUSED: ReadonlyMap<string, number> = new Map([
  ["JsProxy_DelAttr_js", FAILED],
  ["JsProxy_SetAttr_js", FAILED],
  ["JsObjMap_ass_subscript_js", FAILED],
  ["JsvObject_SetAttr", FAILED],
  ["_emscripten_system", FAILED],
  ["_dlopen_js", NOTHING],
  ["_dlsym_js", NOTHING],
  ...["accept4", "bind", "connect", "getpeername", "getsockname", "getsockopt", "listen"].map(
    (name): [string, number] => [`__syscall_${name}`, -EPERM],
  ),
  ...["recvfrom", "recvmsg", "sendmsg", "sendto", "socket"].map((name): [string, number] => [
    `__syscall_${name}`,
    -EPERM,
  ]),
]);

/** Calls that only somebody makes who has found a way around the import hook: they end the process. */
const FATAL: readonly string[] = [
  "_emscripten_dlopen_js",
  "emscripten_debugger",
  "ffi_call_js",
  "ffi_closure_alloc_js",
  "ffi_prep_closure_loc_js",
];

/** Reading and calling objects of JavaScript. Python raises an error for what these return. */
const OBJECTS: readonly string[] = [
  "JsObjMap_subscript_js",
  "JsProxy_Dir_js",
  "JsProxy_GetAttr_js",
  "JsProxy_subscript_js",
  "JsvFunction_CallBound",
  "JsvFunction_Call_OneArg",
  "JsvFunction_Construct",
  "JsvObject_CallMethod",
  "JsvObject_CallMethod_NoArgs",
  "JsvObject_CallMethod_OneArg",
  "JsvObject_CallMethod_TwoArgs",
];

/** Lets imports be called until they are shut. */
export class GuardedImports {
  readonly #errorMarker = Symbol("error marker");
  #isShut = false;

  /** From here on the calls are refused. */
  shut(): void {
    this.#isShut = true;
  }

  /** Puts the guard before each import that could reach beyond Python, and adds the two that Pyodide's loader adds. */
  guard(imports: Imports): void {
    for (const [name, answer] of REFUSED) this.#replace(imports, name, () => answer);
    for (const name of OBJECTS) this.#replace(imports, name, () => this.#errorMarker);
    for (const name of FATAL) {
      this.#replace(imports, name, () => {
        throw new Error(FORBIDDEN);
      });
    }
    imports.Jsv_GetError_import = () => this.#errorMarker;
    imports.JsvError_Check = (value: unknown) => value === this.#errorMarker;
  }

  #replace(imports: Imports, name: string, refusal: () => unknown): void {
    const original = imports[name];
    if (typeof original !== "function") throw new Error(`Pyodide has no import ${name}`);
    imports[name] = (...words: unknown[]): unknown =>
      this.#isShut ? refusal() : Reflect.apply(original, undefined, words);
  }
}
