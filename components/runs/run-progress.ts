import type { RunView } from "@/lib/api/contract/runs";

/** Share of a run's known work that is done, and seconds left where the rates are known. */
export function runProgress({ stages }: RunView): { share: number; secondsLeft: number | null } {
  const finished = stages.reduce((sum, stage) => sum + stage.done + stage.failed, 0);
  const total = stages.reduce((sum, stage) => sum + stage.total, 0);
  const open = stages.filter((stage) => stage.total > stage.done + stage.failed);
  const known = open.every((stage) => stage.secondsLeft !== null);
  return {
    share: total > 0 ? finished / total : 0,
    secondsLeft:
      open.length > 0 && known ? open.reduce((sum, stage) => sum + (stage.secondsLeft ?? 0), 0) : null,
  };
}
