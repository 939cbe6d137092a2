"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { Allowed } from "@/components/people/permission";
import { NotFound } from "@/components/shell/not-found";
import { buttonClass } from "@/components/ui/button";
import { formatCount, formatMoment } from "@/components/ui/format";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { isMissing, Problem } from "@/components/ui/problem";
import { Loading, Skeleton } from "@/components/ui/skeleton";
import { api } from "@/lib/api/client";
import type { RunView } from "@/lib/api/contract/runs";
import { CoveragePanel } from "./coverage-panel";
import { NewestPictures } from "./newest-pictures";
import { RunConfigPanel } from "./run-config-panel";
import { RunControls } from "./run-controls";
import { RunEdits } from "./run-edits";
import { RunFailures } from "./run-failures";
import { RunStateBadge } from "./run-state-badge";
import { StagePanels } from "./stage-panels";
import { YieldPanel } from "./yield-panel";

/** One run: how far it is, what it has made, and what it was told. */
export function RunPage({ id }: { id: string }) {
  const run = useQuery(api.runs.get.queryOptions({ input: { id } }));
  if (isMissing(run.error)) return <NotFound what="run" list={{ href: "/runs", label: "All runs" }} />;
  if (run.isError && !run.data) {
    return (
      <div className="p-8">
        <Problem error={run.error} onRetry={() => run.refetch()} />
      </div>
    );
  }
  if (!run.data) {
    return (
      <Loading>
        <Page>
          <Skeleton className="mb-6 h-12 w-80" />
          <Skeleton className="h-40" />
        </Page>
      </Loading>
    );
  }
  return <RunDetail run={run.data} />;
}

function RunDetail({ run }: { run: RunView }) {
  const { pending, approved, rejected } = run.samples;
  return (
    <Page>
      <PageHeader
        title={run.name}
        actions={
          <Allowed to="curate">
            <RunControls run={run} />
          </Allowed>
        }
      />
      <div className="-mt-4 mb-6 flex flex-wrap items-center gap-x-4 gap-y-1 text-[13px] text-ink-soft">
        <span data-testid="run-state">
          <RunStateBadge state={run.state} />
        </span>
        <span>Launched {formatMoment(run.createdAt)}</span>
        <span>Edits by: {run.madeBy.instructions}</span>
        {(run.config.freeForm.enabled || run.config.region.enabled) && (
          <span>Images by: {run.madeBy.images}</span>
        )}
      </div>
      {run.state === "paused" && !run.message && (
        <p role="status" className="mb-6 rounded-lg bg-warn-soft px-4 py-3 text-warn">
          Paused. A batch that a worker has in hand is still finished; then nothing happens until you resume.
        </p>
      )}
      {run.message && (
        <p
          role="status"
          className={`mb-6 rounded-lg px-4 py-3 ${run.state === "failed" ? "bg-bad-soft text-bad" : "bg-warn-soft text-warn"}`}
        >
          {run.message}
          {run.state === "paused" && run.resumeAt && ` Next try ${formatMoment(run.resumeAt)}.`}
        </p>
      )}
      <StagePanels run={run} />
      <CoveragePanel run={run} />
      {pending > 0 && (
        <section className="mb-6 flex flex-wrap items-center justify-between gap-3 rounded-xl bg-accent-soft px-5 py-3">
          <p>
            <strong className="font-semibold">
              {formatCount(pending)} {pending === 1 ? "sample waits" : "samples wait"} for review
            </strong>
            <span className="text-ink-soft">
              {" "}
              · {formatCount(approved)} approved, {formatCount(rejected)} rejected
            </span>
          </p>
          <Link href={`/review?run=${run.id}`} className={buttonClass({ look: "primary" })}>
            Review them
          </Link>
        </section>
      )}
      <NewestPictures run={run} />
      <YieldPanel run={run} />
      <RunConfigPanel run={run} />
      <RunFailures runId={run.id} />
      <RunEdits run={run} />
    </Page>
  );
}
