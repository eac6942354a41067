/**
 * What Pyodide's program asks of JavaScript, and what of that is refused before a checkout's code runs.
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

/**
 * Calls that stay: the system calls of a file system in memory, clocks, and what carries values between Python and the
 * calls of this program. Any other call is made only by somebody who has found a way around the import hook, and ends
 * the process: ctypes, code and sockets of JavaScript, and what a later Pyodide may add.
 */
const ALLOWED: readonly RegExp[] = [
  /^__syscall_/,
  // Of the interface that WebAssembly has for systems, Emscripten gives it these.
  /^(fd_|clock_|environ_|random_get$|proc_exit$)/,
  /^_(mktime|localtime|gmtime|timegm|tzset|mmap|munmap|msync|setitimer)_js$/,
  /^emscripten_(date_now|get_now|get_heap_max|resize_heap|runtime_keepalive_(push|pop))$/,
  /^(_emscripten_(get_progname|lookup_name|runtime_keepalive_clear|log_formatted)|__call_sighandler)$/,
  /^(getaddrinfo|getnameinfo|getprotobyname|exit|_abort_js|__assert_fail)$/,
  /^(_PyEM_TrampolineCall_JS|_Py_CheckEmscriptenSignals_Helper|_Py_emscripten_runtime)$/,
  /^(js2python|_?python2js|pyproxy_|proxy_cache_|__hiwire_deduplicate_|destroy_prox)/,
  /^Jsv(Num|BigInt|NoValue|UTF8ToString|Error_Throw)/,
  /^Jsv(Array_(Check|Get|New|Push)|(Literal)?Map_(New|Set)|Set_(New|Add)|Object_New)$/,
  /^(Jsv_typeof|Jsv_to_bool|Jsv_BigIntToNum|JsvPromise_Check|JsvFunction_Check|JsvGenerator_Check)$/,
  /^(JsvAsyncGenerator_Check|JsProxy_compute_typeflags|is_comlink_proxy|_JsArray_P|_pyproxy)/,
  /^(create_once_callable|array_to_js|new_error|throw_no_gil|gc_register_proxies)$/,
  /^(capture_stderr|restore_stderr|can_run_sync_js|get_suspender|set_suspender)$/,
  /^(_try_fcntl64|_try_shutdown|_maybe_poll_async)$/,
  // What Pyodide does first when it goes on from a memory: tables of numbers, and one of three pieces of JavaScript that
  // stand in it, by their number, which throw, ask whether stacks can be switched, or name an import twice. Last, the
  // module of Python that it calls, which is a part of that memory like any other.
  /^(jslib_init(_buffers)?_js|emscripten_asm_const_int|set_pyodide_module)$/,
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
  "JsvObject_toString",
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
    const softly = new Set([...REFUSED.keys(), ...OBJECTS]);
    for (const name of Object.keys(imports)) {
      if (typeof imports[name] !== "function" || softly.has(name)) continue;
      if (ALLOWED.some((pattern) => pattern.test(name))) continue;
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
    const guarded = (...words: unknown[]): unknown =>
      this.#isShut ? refusal() : Reflect.apply(original, undefined, words);
    // Pyodide's loader reads the types of parameters from the function, where it makes tables for libraries.
    imports[name] = Object.assign(guarded, original);
  }
}
