/** A plan of drafted messages that somebody agrees to, who may change first what these tell. */
import { CancelledError, UserError } from "../../errors.ts";
import type { DraftChoices, DraftField } from "../../scaffold/index.ts";
import type { Context } from "../define.ts";
import { askChoices } from "./choose.ts";

export interface Settling<Plan> {
  /** The tree that is written to. */
  readonly root: string;
  /** Whether there are messages to change. */
  readonly canChange: boolean;
  /** Whether the topic is the author's to write. */
  readonly offersTopic: boolean;
  readonly draft: (choices: DraftChoices) => Promise<Plan>;
  readonly show: (plan: Plan) => void;
  /** What was chosen, which outlives what goes wrong later. */
  readonly answers: { choices: DraftChoices };
}

/**
 * Asks whether to write the plan, and drafts it anew until it is as its author wants it.
 * @param first The plan that was shown.
 * @throws CancelledError where nobody agrees.
 */
export async function settle<Plan extends { readonly fields: readonly DraftField[] }>(
  first: Plan,
  { root, canChange, offersTopic, draft, show, answers }: Settling<Plan>,
  { prompts, out }: Pick<Context, "prompts" | "out">,
): Promise<Plan> {
  let plan = first;
  const words = canChange ? " (n: change what the messages tell, or cancel)" : "";
  while (!(await prompts.confirm(`Write this to ${root}?${words}`))) {
    const choices = canChange
      ? await askChoices({ fields: plan.fields, offersTopic }, answers.choices, prompts)
      : undefined;
    if (!choices) throw new CancelledError();
    try {
      plan = await draft(choices);
      answers.choices = choices;
      show(plan);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      out.warn([error.message, error.hint ?? ""].join(" ").trim());
    }
  }
  return plan;
}
