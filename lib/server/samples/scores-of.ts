import { scores } from "@/lib/api/contract/shared";

/** Scores as they are stored with a candidate: a missing score is absent. */
export function scoresOf(json: unknown): Record<string, number> {
  return scores.parse(json);
}
