import { Badge, type Tone } from "@/components/ui/badge";
import type { RunState } from "@/lib/domain/run-state";

const tones: Record<RunState, Tone> = {
  queued: "plain",
  running: "accent",
  paused: "warn",
  cancelled: "plain",
  succeeded: "good",
  failed: "bad",
};

export function RunStateBadge({ state }: { state: RunState }) {
  return <Badge tone={tones[state]}>{state}</Badge>;
}
