"use client";

import { useQuery } from "@tanstack/react-query";
import { useSearchParams } from "next/navigation";
import { Locked } from "@/components/people/permission";
import { NotFound } from "@/components/shell/not-found";
import { formatMoment } from "@/components/ui/format";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { isMissing, Problem } from "@/components/ui/problem";
import { Loading, Skeleton } from "@/components/ui/skeleton";
import { api } from "@/lib/api/client";
import { namedAnchors, newDraft } from "./run-draft";
import { RunForm } from "./run-form";

/**
 * Sets up a run, from scratch, from the settings of another one (`?from=<run>`), or over some anchors
 * (`?origin=sample&import=<import>`).
 */
export function NewRunPage() {
  const params = useSearchParams();
  const from = params.get("from");
  const packs = useQuery(api.project.packs.queryOptions());
  const providers = useQuery(api.project.providers.queryOptions());
  const model = useQuery({
    ...api.runs.get.queryOptions({ input: { id: from ?? "" } }),
    enabled: from !== null,
  });
  const scenes = useQuery(api.anchors.list.queryOptions({ input: { origin: "storybook", limit: 1 } }));
  const error = scenes.error ?? packs.error ?? providers.error ?? model.error;
  const ready = scenes.data && packs.data && providers.data && (from === null || model.data);
  if (isMissing(model.error)) return <NotFound what="run" list={{ href: "/runs", label: "All runs" }} />;
  return (
    <Page>
      <PageHeader title="New run">
        The configuration is frozen at the launch and kept with every pair it makes.
      </PageHeader>
      {error && <Problem error={error} />}
      {!ready && !error && (
        <Loading>
          <Skeleton className="h-[60vh]" />
        </Loading>
      )}
      {ready && (
        <Locked to="curate">
          <RunForm
            initial={
              model.data
                ? { ...model.data.config, name: `${model.data.name}, again` }
                : newDraft(`Run of ${formatMoment(new Date())}`, {
                    packs: packs.data,
                    scenes: scenes.data.items.length > 0,
                    anchors: namedAnchors(params),
                  })
            }
            packs={packs.data}
            providers={providers.data}
          />
        </Locked>
      )}
    </Page>
  );
}
