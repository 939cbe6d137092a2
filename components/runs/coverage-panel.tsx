import { countOf, formatCount } from "@/components/ui/format";
import { Panel } from "@/components/ui/panel";
import type { CoverageView, RunView } from "@/lib/api/contract/runs";
import { editTypeInfo } from "@/lib/domain/edit-types";

/** How far the quota of each edit type is: kept, expected of the edits under way, and missing. */
export function CoveragePanel({ run }: { run: RunView }) {
  if (run.coverage.length === 0) return null;
  const met = run.coverage.filter(({ kept, quota }) => kept >= quota).length;
  return (
    <Panel className="mb-6">
      <div className="mb-3 flex flex-wrap items-baseline justify-between gap-4">
        <h2 className="font-semibold">Quotas</h2>
        <span className="text-[13px] tabular-nums">
          {met} of {run.coverage.length} met
        </span>
      </div>
      <ul className="grid gap-x-10 gap-y-3 md:grid-cols-2">
        {run.coverage.map((coverage) => (
          <CoverageRow key={coverage.editType} coverage={coverage} />
        ))}
      </ul>
    </Panel>
  );
}

function CoverageRow({ coverage }: { coverage: CoverageView }) {
  const { editType, quota, kept, expected, pending, editsNeeded } = coverage;
  const { label } = editTypeInfo(editType);
  const share = (value: number) => `${Math.min(100, (100 * value) / quota)}%`;
  const sure = Math.min(kept, quota);
  const hoped = Math.min(expected, quota - sure);
  const notes = [
    pending > 0 &&
      `${countOf(pending, "edit under way promises", "edits under way promise")} ${hoped.toFixed(0)}`,
    editsNeeded > 0 && `${countOf(editsNeeded, "more edit", "more edits")} needed`,
  ].filter(Boolean);
  return (
    <li>
      <div className="mb-1 flex items-baseline justify-between gap-4 text-[13px]">
        <span className="font-medium">{label}</span>
        <span className="tabular-nums">
          {formatCount(kept)} of {formatCount(quota)}
        </span>
      </div>
      <div
        role="progressbar"
        aria-label={`${label}: quota`}
        aria-valuenow={sure}
        aria-valuemin={0}
        aria-valuemax={quota}
        className="flex h-1.5 overflow-hidden rounded-full bg-sunken"
      >
        <div className={kept >= quota ? "bg-good" : "bg-accent"} style={{ width: share(sure) }} />
        <div className="bg-accent/35" style={{ width: share(hoped) }} />
      </div>
      {notes.length > 0 && <p className="mt-1 text-xs text-ink-soft tabular-nums">{notes.join(" · ")}</p>}
    </li>
  );
}
