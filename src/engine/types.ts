/** What the engine is asked and what it answers, as plain data. */
import type { ProcessPool } from "../host/process-pool.ts";
import type { PythonClient } from "./client.ts";

/** An integration as the engine needs to know it. */
export interface EngineTarget {
  name: string;
  /** Its folder relative to the root, with forward slashes, such as `zerver/webhooks/github`. */
  directory: string;
}

export interface EngineOptions {
  /** The checkout's absolute folder. */
  root: string;
  /** The integrations whose fixtures and tests are loaded; every integration's Python is there always. */
  targets: readonly EngineTarget[];
  /**
   * Files of integrations and the registry as a plan would make them, by their path relative to the root: they are read
   * in place of the tree's, which is not touched.
   */
  proposed?: ReadonlyMap<string, Uint8Array>;
  /** Told what is going on, in words for a progress line. */
  onProgress?: (message: string) => void;
  /** Told once of each part of the registry that does not load, as a line; what does load runs all the same. */
  onWarning?: (message: string) => void;
  /** Ends everything when aborted. */
  signal?: AbortSignal;
  /** A test or a view that takes longer than this many milliseconds is stopped; 20 000 by default. */
  testTimeoutMs?: number;
  /** How many processes run tests at most; as many as there are cores by default. */
  workers?: number;
  /** Where processes are taken from, and given back to; without one they end with the engine. */
  pool?: PythonPool | undefined;
}

/**
 * Processes that outlive the engine that started them: the next one on the same library takes the difference between the
 * trees in, which takes a tenth of a start. What code of a tree has done to Python stays: those who share a pool trust
 * each other as integrations of one tree do.
 */
export type PythonPool = ProcessPool<PythonClient>;

/** Why a test failed. */
export interface TestError {
  /** The exception's class, such as `AssertionError`. */
  type: string;
  message: string;
  /** The checkout's own frames, and the exception. */
  traceback: string;
  /** What the test expected and what was sent, where the test compared two texts. */
  expected?: string;
  actual?: string;
  /** That they are topics, and not the texts of messages. */
  ofTopic?: true;
  /** That one of the two is too long to be kept whole: its middle is missing. */
  cut?: true;
  /** Where in the integration's files, relative to the root. */
  path?: string;
  line?: number;
  /** From 1, where it is known. */
  column?: number;
  /** That the path is that of a fixture that cannot be parsed, and the reason for the failure. */
  ofFixture?: true;
}

export interface TestResult {
  /** The dotted name, unique in the tree. */
  id: string;
  /** The method's name. */
  name: string;
  status: "passed" | "failed" | "skipped";
  durationMs: number;
  error?: TestError;
  /** Why a test was skipped. */
  reason?: string;
  /** What the test printed. */
  output?: string;
}

/** Which statements of an integration's own code its tests ran. */
export interface Coverage {
  /** How many statements there are, and how many of them ran. */
  lines: number;
  covered: number;
  /** The first lines of the view's statements that did not run. */
  missing: number[];
  /** The same for each file of the folder but the tests; the view is the first. */
  files: FileCoverage[];
}

export interface FileCoverage extends Omit<Coverage, "files"> {
  /** Relative to the root. */
  path: string;
}

/** What to run of the tests that an integration has, and what to watch. */
export interface TestSelection {
  /** Only tests whose id (`zerver.webhooks.x.tests.XTests.test_y`) matches: a JavaScript regular expression. */
  filter?: { pattern: string; flags: string };
  /** Start no test after one has failed. */
  bail?: boolean;
  /** Find out which statements run. */
  coverage?: boolean;
}

export interface IntegrationRun {
  name: string;
  total: number;
  passed: number;
  failed: number;
  skipped: number;
  durationMs: number;
  /** Where it was asked for, and the tests could be loaded. */
  coverage?: Coverage;
  /** The integration whose folder it shares, where the tests of both are counted. */
  testedWith?: string;
  tests: TestResult[];
}

export interface TestRun {
  engine: "embedded" | "checkout";
  summary: { total: number; passed: number; failed: number; skipped: number; durationMs: number };
  /** In the order of the names that were asked for. */
  integrations: IntegrationRun[];
}

/** One request to an integration. */
export interface DeliveryRequest {
  /** The integration's name in the registry. */
  integration: string;
  /** A file of its fixtures folder; an empty name sends an empty body. */
  fixture?: string;
  /** The body itself, instead of a fixture. */
  body?: Uint8Array;
  /** For a body of one's own: the file name that it would have as a fixture. It decides headers and content type. */
  fixtureName?: string;
  /** Headers on top of those that the integration states for the fixture. */
  headers?: Readonly<Record<string, string>>;
  /** More parameters of the URL. */
  query?: Readonly<Record<string, string>>;
  useBasicAuth?: boolean;
  /** Sends the payload as a parameter of the URL instead of as the body. */
  payloadAsQueryParam?: boolean;
  payloadParamName?: string;
  /** The stream to send to; null leaves it out, which makes a direct message. By default the registry's. */
  stream?: string | null;
  topic?: string;
  onlyEvents?: readonly string[];
  excludeEvents?: readonly string[];
  /** The bot's full name; by default the integration's name and "Bot". */
  botName?: string;
  /** The time that Python's clocks tell while the request is delivered, in milliseconds since 1970. */
  now?: number;
}

/** A message that a delivery led to. */
export interface SentMessage {
  type: "stream" | "direct";
  stream?: string;
  topic?: string;
  /** Who gets a direct message. */
  to?: string;
  /** The bot's full name. */
  sender: string;
  /** Markdown. */
  content: string;
  /** That topic or content is too long to be kept whole: its middle is missing. */
  cut?: true;
}

export interface Delivery {
  /** Status 500 with an empty body when the view raised. */
  response: { status: number; body: string };
  /** In the order in which they were sent. */
  messages: SentMessage[];
  /** What the view raised. */
  error?: TestError;
  /** What the fixture was sent with: its content type, and headers by the names that Django gives them (`HTTP_X_EVENT`). */
  sent?: { contentType: string; headers: Record<string, string> };
}

/** The organization that a server's endpoint serves: it has a bot and a stream for every integration of the registry. */
export interface RealmOptions {
  /** What the bots' API keys are made from: the same secret gives the same keys. */
  secret: string;
  /** Streams to have besides those of the demo organization and of the registry. */
  streams: readonly string[];
  /** Calls bots by the `display_name` of their integrations, as the tree's own tool may do; else by their names. */
  botsAsDisplayed?: boolean;
}

/** Who may send to the endpoint, and where to. */
export interface Realm {
  bots: { integration: string; name: string; email: string; apiKey: string }[];
  streams: { id: number; name: string }[];
  /** Where the tree's test base and what fills its database name people and bots differently, each as half a sentence. */
  differences: string[];
}

/** A request as it came over the wire. */
export interface WireRequest {
  method: string;
  /** As in the URL: percent-encoded, with its slash, without the query. */
  path: string;
  /** Without its question mark. */
  query: string;
  /** In the order in which they came. */
  headers: readonly (readonly [name: string, value: string])[];
  body: Uint8Array;
  realm: RealmOptions;
  /** Finds the realm as it was made, and leaves no trace in it: for a draft. */
  isolated: boolean;
  /** As in DeliveryRequest. */
  now?: number;
}

/** The request over the wire that a payload makes. */
export interface PreparedRequest {
  method: string;
  path: string;
  /** Of the URL, not yet encoded; the bot's key is among them. */
  parameters: [name: string, value: string][];
  headers: [name: string, value: string][];
  body: Uint8Array;
  /** The events that the view declares; null when it declares none. */
  eventTypes: string[] | null;
}

/** What the endpoint answers, and what became of the request. */
export interface WireDelivery {
  response: { status: number; headers: [name: string, value: string][]; body: Uint8Array };
  /** In the order in which they were sent. */
  messages: SentMessage[];
  /** What the view raised; the response is then the one that the server's error handler gives. */
  error?: TestError;
}

/** What has changed since the engine read the tree. */
export interface TreeChange {
  /** Files that were written, made or removed: paths relative to the root, with forward slashes. */
  edited: readonly string[];
  /** As in EngineOptions; what was proposed before, and is not any more, is as the tree has it. */
  proposed?: ReadonlyMap<string, Uint8Array>;
  /** The integrations from now on; those of before when left out. */
  targets?: readonly EngineTarget[];
}

export interface Engine {
  /**
   * Takes edits of the tree in; what runs afterwards sees the tree as it is now. An edit of an integration, a fixture
   * or the registry costs a few milliseconds; one of the tree's library starts Python anew. Edits that a refused call
   * named need not be named again.
   * @throws UserError `broken-library` when the edited library does not load; the next call tries again.
   */
  refresh(change: TreeChange): Promise<void>;
  /**
   * Runs the tests of integrations.
   * @param request `names` are names of targets; `onResult` is called after each test.
   */
  runTests(
    request: TestSelection & {
      names: readonly string[];
      onResult?: (result: TestResult & { integration: string }) => void;
    },
  ): Promise<TestRun>;
  /**
   * Delivers one request.
   * @throws UserError when the integration is not registered or has no such fixture, or when its view ends Python.
   */
  deliver(request: DeliveryRequest): Promise<Delivery>;
  /**
   * Serves one request as the server's endpoint does (its URLs, authentication, views and error handler). A realm lives
   * as long as the process of Python does, so what one request changes, the next one finds. One at a time.
   * @throws UserError when the registry does not load, or when a view ends Python.
   */
  receive(request: WireRequest): Promise<WireDelivery>;
  /**
   * The request that a payload makes, as `deliver` would send it, but to the realm's own bot. Nothing is sent.
   * @throws UserError when the integration is not registered, or when its headers cannot be asked for.
   */
  prepare(request: DeliveryRequest, realm: RealmOptions): Promise<PreparedRequest>;
  /** Says what a realm holds. */
  describeRealm(realm: RealmOptions): Promise<Realm>;
  /** Ends all its processes. */
  close(): Promise<void>;
}
