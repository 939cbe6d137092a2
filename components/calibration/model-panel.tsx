"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import { Allowed } from "@/components/people/permission";
import { Button, buttonClass } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { countOf, formatCount } from "@/components/ui/format";
import { Panel } from "@/components/ui/panel";
import { Problem } from "@/components/ui/problem";
import { Loading, Skeleton } from "@/components/ui/skeleton";
import { useToasts } from "@/components/ui/toasts";
import { api } from "@/lib/api/client";
import { ApplyForm } from "./apply-form";
import { ModelFacts } from "./model-facts";
import { PolicyList } from "./policy-list";

/** A worker needs a moment; longer than this, none is there. */
const patienceMs = 120_000;

/** Fits an acceptance model on the decisions so far, shows how well it holds, and lets it decide. */
export function ModelPanel() {
  const toasts = useToasts();
  const queries = useQueryClient();
  const [asked, setAsked] = useState<{ at: number; newest: string | undefined } | null>(null);
  const overview = useQuery(
    api.calibration.overview.queryOptions({
      refetchInterval: ({ state: { data } }) => {
        const busy = data?.policies.some(({ state }) => state === "queued" || state === "running");
        const fitting = asked && Date.now() - asked.at < patienceMs && data?.models[0]?.id === asked.newest;
        return busy || fitting ? 1500 : false;
      },
    }),
  );
  const fit = useMutation(
    api.calibration.fit.mutationOptions({
      onSuccess: () => {
        setAsked({ at: Date.now(), newest: overview.data?.models[0]?.id });
        void queries.invalidateQueries({ queryKey: api.calibration.key() });
      },
      onError: (error) => toasts.complain(error),
    }),
  );
  if (overview.isError) return <Problem error={overview.error} onRetry={() => overview.refetch()} />;
  if (!overview.data) {
    return (
      <Loading>
        <Skeleton className="h-72" />
      </Loading>
    );
  }
  const { decided, models, policies } = overview.data;
  const [model] = models;
  const waiting = asked !== null && model?.id === asked.newest;
  const late = waiting && Date.now() - asked.at >= patienceMs;
  const fitButton = (
    <Allowed to="curate">
      <Button
        look={model ? "plain" : "primary"}
        onClick={() => fit.mutate({})}
        disabled={fit.isPending || (waiting && !late)}
      >
        {waiting && !late ? "Fitting…" : model ? "Fit again" : "Fit a model"}
      </Button>
    </Allowed>
  );
  return (
    <div className="flex flex-col gap-5">
      {late && (
        <p className="rounded-lg bg-warn-soft px-4 py-3 text-warn">
          No model has come back. Is a worker running? Its log says why if the fit failed.
        </p>
      )}
      {model ? (
        <>
          <Panel>
            <div className="flex flex-wrap items-center justify-between gap-3">
              <p>
                {decided.approved + decided.rejected + decided.stale >= decided.limit &&
                  `Of the newest ${formatCount(decided.limit)}: `}
                People have approved {formatCount(decided.approved)} and rejected{" "}
                {countOf(decided.rejected, "sample")}.
                {decided.stale > 0 &&
                  ` ${formatCount(decided.stale)} more have scores of an older text or mask.`}
              </p>
              {fitButton}
            </div>
          </Panel>
          <ApplyForm key={model.id} model={model} overview={overview.data} />
          <ModelFacts model={model} />
        </>
      ) : (
        <EmptyState
          title="No acceptance model yet"
          actions={
            <>
              {fitButton}
              <Link href="/review" className={buttonClass({})}>
                Review samples
              </Link>
            </>
          }
        >
          A model learns from people’s decisions which scores mean approval, so that people need to look only
          at what is uncertain. So far {countOf(decided.approved, "sample was", "samples were")} approved and{" "}
          {formatCount(decided.rejected)} rejected; it takes 20 of each.
        </EmptyState>
      )}
      {policies.length > 0 && <PolicyList policies={policies} />}
    </div>
  );
}
