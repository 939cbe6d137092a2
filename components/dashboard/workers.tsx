import { formatBytes } from "@/components/ui/format";
import { Panel } from "@/components/ui/panel";
import type { Overview } from "@/lib/api/contract/project";

export function Workers({ workers }: { workers: Overview["workers"] }) {
  return (
    <Panel title="Workers">
      {workers.length === 0 ? (
        <p className="text-ink-soft">
          No worker has reported within the last half minute. Runs wait until one does; `npm start` keeps one
          running.
        </p>
      ) : (
        <ul className="flex flex-col gap-3">
          {workers.map((worker) => (
            <li key={worker.id} className="flex items-baseline justify-between gap-3">
              <span className="first-letter:uppercase">{worker.activity}</span>
              <span className="text-xs text-ink-soft tabular-nums">
                {formatBytes(worker.residentBytes)} in memory
              </span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
