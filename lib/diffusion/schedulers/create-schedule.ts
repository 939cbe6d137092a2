import { UserError } from "@/lib/domain/errors";
import type { SchedulerConfig } from "@/lib/packs/manifest";
import { cumulativeAlphas } from "./cumulative-alphas";
import { ddimSchedule } from "./ddim";
import { eulerSchedule } from "./euler";
import { lcmSchedule } from "./lcm";
import type { Schedule } from "./schedule";

/**
 * The schedule of a run, with the semantics of the diffusers schedulers of the same names.
 * @param strength with an image: the last `floor(steps · strength)` steps run; 1 runs all
 * @throws UserError if no step is left
 */
export function createSchedule(config: SchedulerConfig, steps: number, strength: number): Schedule {
  if (!Number.isInteger(steps) || steps < 1 || steps > config.numTrainTimesteps) {
    throw new UserError(
      "bad-input",
      `steps must be a whole number from 1 to ${config.numTrainTimesteps}.`,
      "steps",
    );
  }
  const skipped = skippedSteps(steps, strength);
  const alphas = cumulativeAlphas(config);
  if (config.kind === "ddim") return ddimSchedule(config, alphas, steps, skipped);
  if (config.kind === "lcm") return lcmSchedule(config, alphas, steps, skipped);
  return eulerSchedule(config, alphas, steps, skipped);
}

/** Steps that really run of `steps` at `strength`: diffusers' rule. */
export function realSteps(steps: number, strength: number): number {
  return Math.min(Math.floor(steps * strength), steps);
}

function skippedSteps(steps: number, strength: number): number {
  const real = realSteps(steps, strength);
  if (!(strength > 0 && strength <= 1) || real < 1) {
    throw new UserError(
      "bad-input",
      `strength ${strength} of ${steps} steps leaves no step to run; raise strength or steps.`,
      "strength",
    );
  }
  return steps - real;
}
