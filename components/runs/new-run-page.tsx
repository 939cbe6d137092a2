"use client";

import { useQuery } from "@tanstack/react-query";
import { useSearchParams } from "next/navigation";
import { NotFound } from "@/components/shell/not-found";
import { formatMoment } from "@/components/ui/format";
import { PageHeader } from "@/components/ui/page-header";
import { isMissing, Problem } from "@/components/ui/problem";
import { Loading, Skeleton } from "@/components/ui/skeleton";
import { api } from "@/lib/api/client";
import { newDraft } from "./run-draft";
import { RunForm } from "./run-form";

/** Sets up a run, from scratch or from the settings of another one (`?from=<run>`). */
export function NewRunPage() {
  const from = useSearchParams().get("from");
  const packs = useQuery(api.project.packs.queryOptions());
  const providers = useQuery(api.project.providers.queryOptions());
  const model = useQuery({
    ...api.runs.get.queryOptions({ input: { id: from ?? "" } }),
    enabled: from !== null,
  });
  const error = packs.error ?? providers.error ?? model.error;
  const ready = packs.data && providers.data && (from === null || model.data);
  if (isMissing(model.error)) return <NotFound what="run" list={{ href: "/runs", label: "All runs" }} />;
  return (
    <div className="mx-auto max-w-6xl px-8 py-8">
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
        <RunForm
          initial={
            model.data
              ? { ...model.data.config, name: `${model.data.name}, again` }
              : newDraft(`Run of ${formatMoment(new Date())}`, packs.data)
          }
          packs={packs.data}
          providers={providers.data}
        />
      )}
    </div>
  );
}
