"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { Button } from "@/components/ui/button";
import { CopyText } from "@/components/ui/copy-text";
import { EmptyState } from "@/components/ui/empty-state";
import { formatCount } from "@/components/ui/format";
import { Panel } from "@/components/ui/panel";
import { Problem } from "@/components/ui/problem";
import { Loading, Skeleton } from "@/components/ui/skeleton";
import { api } from "@/lib/api/client";
import type { Bound } from "@/lib/domain/calibration/what-if/passing";
import { createWhatIf, type WhatIf, type WhatIfAnswer } from "@/lib/domain/calibration/what-if/what-if";
import type { Thresholds } from "@/lib/domain/run-config";
import { type LoadedWhatIf, loadWhatIf } from "./load-what-if";
import { Figure, formatShare, ShareWithInterval } from "./percent";
import { ScoreSlider } from "./score-slider";
import { SurvivorTable } from "./survivor-table";

/** Moves thresholds and sees at once what they let through and how that agrees with people. */
export function WhatIfPanel() {
  const loaded = useQuery({
    queryKey: ["calibration", "what-if"],
    queryFn: loadWhatIf,
    // Tens of megabytes for a million candidates: fetched again when the page opens again.
    staleTime: 5 * 60_000,
    gcTime: 60_000,
    structuralSharing: false,
  });
  if (loaded.isError) return <Problem error={loaded.error} onRetry={() => loaded.refetch()} />;
  if (!loaded.data) {
    return (
      <Loading label="Loading the scores">
        <Skeleton className="h-96" />
      </Loading>
    );
  }
  if (loaded.data.data.candidates.rows === 0) {
    return (
      <EmptyState title="No candidates yet">
        Once a run has drawn candidates, this is where you see what other thresholds would have kept of them.
      </EmptyState>
    );
  }
  return <WhatIfDesk loaded={loaded.data} />;
}

function WhatIfDesk({ loaded: { data, covered } }: { loaded: LoadedWhatIf }) {
  const whatIf = useMemo<WhatIf>(() => createWhatIf(data), [data]);
  const packs = useQuery(api.project.packs.queryOptions());
  const [bounds, setBounds] = useState<Record<string, Bound>>({});
  const [answer, setAnswer] = useState<WhatIfAnswer>(() => whatIf.answer());

  const change = (changes: Record<string, Bound>) => {
    for (const [score, bound] of Object.entries(changes)) whatIf.setBound(score, bound);
    setBounds((all) => ({ ...all, ...changes }));
    setAnswer(whatIf.answer());
  };
  const reset = (thresholds: Thresholds) => {
    const none = Object.fromEntries(Object.keys(bounds).map((score) => [score, {}]));
    change({ ...none, ...thresholds });
  };
  const set = Object.entries(bounds).filter(([, { min, max }]) => min !== undefined || max !== undefined);
  const total = Math.round(data.candidates.rows * data.scale);
  const presets = (packs.data ?? []).filter((pack) => Object.keys(pack.thresholds).length > 0);

  return (
    <div className="flex flex-col gap-5">
      <Panel>
        <div className="flex flex-wrap gap-x-10 gap-y-4" aria-live="polite">
          <Figure label={`of ${formatCount(total)} candidates pass (${formatShare(answer.share)})`}>
            {formatCount(answer.survivors)}
          </Figure>
          <Figure
            label="precision: of what passes, people approve"
            hint="Exact (Clopper–Pearson) interval at the effective sample size"
          >
            <ShareWithInterval value={answer.precision} />
          </Figure>
          <Figure label="recall: of what people approve, passes">
            <ShareWithInterval value={answer.recall} />
          </Figure>
          <Figure label={`of ${formatCount(data.approved.length)} decided samples pass`}>
            {formatCount(answer.decidedPassing)}
          </Figure>
        </div>
        <p className="mt-3 text-[13px] text-ink-soft">
          {data.scale > 1 && (
            <>Counted on a random {formatCount(data.candidates.rows)} of the candidates and scaled up. </>
          )}
          {data.approved.length === 0
            ? "Nobody has decided on a sample yet, so precision and recall are unknown."
            : `Decisions are weighted by how their samples were drawn; they speak for ${formatShare(covered)} of the samples that wait or were decided by people. Candidates that no policy ever selected were never shown to anybody: below the thresholds of your runs the figures say nothing.`}
        </p>
      </Panel>
      <div className="grid items-start gap-5 xl:grid-cols-[minmax(0,1fr)_22rem]">
        <Panel
          title="Thresholds"
          actions={
            <div className="flex flex-wrap gap-2">
              {presets.map((pack) => (
                <Button key={pack.name} size="small" onClick={() => reset(pack.thresholds)}>
                  As {pack.title}
                </Button>
              ))}
              <Button size="small" look="quiet" onClick={() => reset({})} disabled={set.length === 0}>
                Lift all
              </Button>
            </div>
          }
        >
          <div className="flex flex-col gap-1">
            {data.candidates.columns.map((column) => (
              <ScoreSlider
                key={column.score}
                column={column}
                bound={bounds[column.score] ?? {}}
                onChange={(bound) => change({ [column.score]: bound })}
              />
            ))}
          </div>
          {set.length > 0 && (
            <div className="mt-4">
              <p className="mb-1 text-[13px] text-ink-soft">For the thresholds of a run’s file:</p>
              <CopyText label="thresholds" text={JSON.stringify({ thresholds: roundedBounds(set) })} />
            </div>
          )}
        </Panel>
        <SurvivorTable rows={answer.byType} />
      </div>
    </div>
  );
}

function roundedBounds(set: readonly (readonly [string, Bound])[]): Thresholds {
  const rounded = (value: number) => Number(value.toPrecision(4));
  return Object.fromEntries(
    set.map(([score, { min, max }]) => [
      score,
      { ...(min !== undefined && { min: rounded(min) }), ...(max !== undefined && { max: rounded(max) }) },
    ]),
  );
}
