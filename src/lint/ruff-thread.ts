/** The thread that runs ruff beside the rules: see `ruff.ts`. */
import { answerInThread } from "../host/thread.ts";
import { loadRuff } from "./ruff-checker.ts";

answerInThread(loadRuff);
