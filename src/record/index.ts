/** `--record`: tests for fixtures that have none, and expectations that say what is sent; and which fixtures tests send. */
export { correctExpectation } from "./expectation.ts";
export { addTests, type NewTest, outcomeOf, type WrittenTest } from "./new-tests.ts";
export { type CorrectedTest, Trial } from "./trial.ts";
export { unsentFixtures, untestedFixtures } from "./untested.ts";
