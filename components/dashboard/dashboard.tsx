"use client";

import { useQuery } from "@tanstack/react-query";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { Problem } from "@/components/ui/problem";
import { Loading, Skeleton } from "@/components/ui/skeleton";
import { api } from "@/lib/api/client";
import { Funnel } from "./funnel";
import { NextStep } from "./next-step";
import { RecentRuns } from "./recent-runs";
import { Workers } from "./workers";

/** From anchors to approved samples at one look, and what to do next. */
export function Dashboard() {
  const overview = useQuery(api.project.overview.queryOptions());
  return (
    <Page>
      <PageHeader title={overview.data?.project.name ?? "Dashboard"}>
        From real images to reviewed (source, instruction, target) samples.
      </PageHeader>
      {overview.isError && <Problem error={overview.error} onRetry={() => overview.refetch()} />}
      {overview.isPending && (
        <Loading>
          <Skeleton className="mb-6 h-28" />
          <Skeleton className="h-40" />
        </Loading>
      )}
      {overview.data && (
        <div className="flex flex-col gap-6">
          <NextStep funnel={overview.data.funnel} activeRuns={overview.data.activeRuns} />
          <Funnel funnel={overview.data.funnel} />
          <div className="grid gap-6 lg:grid-cols-[2fr_1fr]">
            <RecentRuns />
            <Workers workers={overview.data.workers} />
          </div>
        </div>
      )}
    </Page>
  );
}
