"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Allowed } from "@/components/people/permission";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { countOf, formatCount, formatMoment } from "@/components/ui/format";
import { Panel } from "@/components/ui/panel";
import { useToasts } from "@/components/ui/toasts";
import { api } from "@/lib/api/client";
import type { ModelPolicyView } from "@/lib/api/contract/calibration";
import { wilsonInterval } from "@/lib/domain/statistics/proportion-bounds";
import { formatHours } from "./hours";
import { formatShare } from "./percent";

/** The versions of the acceptance policy: what each decided, what audits made of it, and how to take it back. */
export function PolicyList({ policies }: { policies: readonly ModelPolicyView[] }) {
  const toasts = useToasts();
  const queries = useQueryClient();
  const done = {
    onSuccess: () => queries.invalidateQueries({ queryKey: api.calibration.key() }),
    onError: (error: unknown) => toasts.complain(error),
  };
  const retire = useMutation(api.calibration.retire.mutationOptions(done));
  const undo = useMutation(api.curate.undoBulk.mutationOptions(done));
  return (
    <Panel title="What models decided">
      <ul className="flex flex-col divide-y divide-line">
        {policies.map((policy) => (
          <li key={policy.id} className="flex flex-wrap items-center gap-x-6 gap-y-2 py-3">
            <div className="min-w-40">
              <p className="flex items-center gap-2 font-medium">
                Version {policy.version} <StateBadge policy={policy} />
              </p>
              <p className="text-[13px] text-ink-soft">{formatMoment(policy.createdAt)}</p>
            </div>
            <p className="text-[13px]">
              {formatCount(policy.decided.approved)} approved, {formatCount(policy.decided.rejected)} rejected
              <br />
              <span className="text-ink-soft">{boundsText(policy)}</span>
            </p>
            <p className="text-[13px]">
              {auditText(policy)}
              <br />
              <span className="text-ink-soft">
                {policy.hoursSaved === null
                  ? "No decision was timed yet"
                  : `${formatHours(policy.hoursSaved)} of reviewing saved`}
              </span>
            </p>
            {policy.message && <p className="text-[13px] text-bad">{policy.message}</p>}
            <Allowed to="curate">
              <div className="ml-auto flex gap-2">
                {policy.active && (
                  <Button
                    size="small"
                    onClick={() => retire.mutate({ id: policy.id })}
                    disabled={retire.isPending}
                  >
                    Stop
                  </Button>
                )}
                {policy.bulkId && !policy.undone && (
                  <Button
                    size="small"
                    look="danger"
                    onClick={() => undo.mutate({ id: policy.bulkId! })}
                    disabled={undo.isPending}
                  >
                    Take all back
                  </Button>
                )}
              </div>
            </Allowed>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function StateBadge({ policy: { undone, active, state } }: { policy: ModelPolicyView }) {
  if (state === "queued" || state === "running") {
    return <Badge tone="accent">{undone ? "being taken back" : "deciding"}</Badge>;
  }
  if (undone) return <Badge>taken back</Badge>;
  if (state === "failed") return <Badge tone="bad">failed</Badge>;
  return active ? <Badge tone="good">active</Badge> : <Badge>stopped</Badge>;
}

function boundsText({ routing }: ModelPolicyView): string {
  return [
    routing.acceptAt !== null && `approves at ≥ ${routing.acceptAt.toFixed(2)}`,
    routing.rejectAt !== null && `rejects at ≤ ${routing.rejectAt.toFixed(2)}`,
    `${formatShare(routing.auditShare)} audited`,
  ]
    .filter(Boolean)
    .join(", ");
}

function auditText({ audit: { waiting, agreed, overruled } }: ModelPolicyView): string {
  const answered = agreed + overruled;
  if (answered === 0) return waiting > 0 ? countOf(waiting, "audit waits", "audits wait") : "No audits";
  const { low, high } = wilsonInterval(agreed, answered);
  return `Audits: ${formatCount(agreed)} of ${formatCount(answered)} agreed (${formatShare(low)}–${formatShare(high)}), ${formatCount(waiting)} wait`;
}
