/** What the engine is asked and what it answers, as plain data. */

/** An integration as the engine needs to know it. */
export interface EngineTarget {
  name: string;
  /** Its folder relative to the root, with forward slashes, such as `zerver/webhooks/github`. */
  directory: string;
}

export interface EngineOptions {
  /** The checkout's absolute folder. */
  root: string;
  /** The integrations whose fixtures and tests are loaded; every integration's Python is loaded always. */
  targets: readonly EngineTarget[];
  /** Told what is going on, in words for a progress line. */
  onProgress?: (message: string) => void;
  /** Ends everything when aborted. */
  signal?: AbortSignal;
  /** A test or a view that takes longer than this many milliseconds is stopped; 20 000 by default. */
  testTimeoutMs?: number;
  /** How many processes run tests at most; as many as there are cores by default. */
  workers?: number;
}

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
  /** Where in the integration's files, relative to the root. */
  path?: string;
  line?: number;
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

export interface IntegrationRun {
  name: string;
  total: number;
  passed: number;
  failed: number;
  skipped: number;
  durationMs: number;
  tests: TestResult[];
}

export interface TestRun {
  engine: "embedded";
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
}

export interface Delivery {
  /** Status 500 with an empty body when the view raised. */
  response: { status: number; body: string };
  /** In the order in which they were sent. */
  messages: SentMessage[];
  /** What the view raised. */
  error?: TestError;
}

export interface Engine {
  /**
   * Runs the tests of integrations.
   * @param request `names` are names of targets; `onResult` is called after each test.
   */
  runTests(request: {
    names: readonly string[];
    onResult?: (result: TestResult & { integration: string }) => void;
  }): Promise<TestRun>;
  /**
   * Delivers one request.
   * @throws UserError when the integration is not registered or has no such fixture, or when its view ends Python.
   */
  deliver(request: DeliveryRequest): Promise<Delivery>;
  /** Ends all its processes. */
  close(): Promise<void>;
}
