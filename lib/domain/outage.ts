import { UserError } from "./errors";

/** What the messages of services outside of the studio are about. */
const serviceSubjects = new Set([
  "baseUrl",
  "apiKey",
  "model",
  "PENTIMENTO_LLM_URL",
  "PENTIMENTO_IMAGES_URL",
  "PENTIMENTO_JUDGE_URL",
]);

/**
 * Whether a service that the run needs is down or refuses: not the fault of the unit of work, so the run waits for it
 * and the unit stays to do.
 */
export function isOutage(error: unknown): error is UserError {
  return (
    error instanceof UserError &&
    error.code === "unavailable" &&
    error.subject !== undefined &&
    serviceSubjects.has(error.subject)
  );
}

/** Milliseconds to wait after the n-th outage in a row, counted from 0: 15 s, doubling up to ten minutes. */
export function outagePauseMs(outages: number): number {
  return Math.min(600_000, 15_000 * 2 ** Math.min(outages, 10));
}
