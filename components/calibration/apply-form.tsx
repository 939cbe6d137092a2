"use client";

import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { useRefusal } from "@/components/people/permission";
import { Button } from "@/components/ui/button";
import { Field, TextInput } from "@/components/ui/field";
import { formatCount } from "@/components/ui/format";
import { Panel } from "@/components/ui/panel";
import { Problem } from "@/components/ui/problem";
import { useToasts } from "@/components/ui/toasts";
import { api } from "@/lib/api/client";
import type { AcceptanceModelView, CalibrationOverview } from "@/lib/api/contract/calibration";
import { type ChosenBound, chooseBound } from "@/lib/domain/calibration/choose-bounds";
import { hoursSaved } from "@/lib/domain/calibration/review-time";
import { formatHours } from "./hours";
import { Figure, formatShare } from "./percent";

/** Chooses thresholds on the probability for the precision asked for, says what that would do, and applies it. */
export function ApplyForm({
  model,
  overview,
}: {
  model: AcceptanceModelView;
  overview: CalibrationOverview;
}) {
  const refusal = useRefusal("curate");
  const toasts = useToasts();
  const queries = useQueryClient();
  const [accept, setAccept] = useState("95");
  const [reject, setReject] = useState("95");
  const [audit, setAudit] = useState("5");
  const [confidence, setConfidence] = useState("95");
  const share = (text: string, low: number, high: number) => {
    const value = Number(text) / 100;
    return text.trim() !== "" && value >= low && value <= high ? value : null;
  };
  const targets = {
    accept: share(accept, 0.5, 1),
    reject: share(reject, 0.5, 1),
    audit: share(audit, 0, 1),
    confidence: share(confidence, 0.5, 0.9999),
  };
  const chosen = useMemo(() => {
    const { thresholds } = model.fit;
    const bound = (side: "accept" | "reject", target: number | null) =>
      target === null || targets.confidence === null
        ? null
        : chooseBound(thresholds[side], target, targets.confidence);
    const [high, low] = [bound("accept", targets.accept), bound("reject", targets.reject)];
    // Where the two meet, the surer one holds: rejecting gives way.
    return { accept: high, reject: high && low && low.at >= high.at ? null : low };
  }, [model, targets.accept, targets.reject, targets.confidence]);
  const bounds = { acceptAt: chosen.accept?.at ?? null, rejectAt: chosen.reject?.at ?? null };
  const forecast = useQuery({
    ...api.calibration.forecast.queryOptions({ input: { modelId: model.id, ...bounds } }),
    placeholderData: keepPreviousData,
  });
  const apply = useMutation(
    api.calibration.apply.mutationOptions({
      onSuccess: ({ version }) => {
        toasts.say(`Version ${version} of the acceptance policy decides from now on.`);
        void queries.invalidateQueries({ queryKey: api.calibration.key() });
      },
      onError: (error) => toasts.complain(error),
    }),
  );
  const decided = (forecast.data?.accept ?? 0) + (forecast.data?.reject ?? 0);
  const saved =
    targets.audit === null
      ? null
      : hoursSaved(decided * (1 - targets.audit), overview.reviewersPerSample, overview.time);
  const possible = chosen.accept !== null || chosen.reject !== null;
  const valid = Object.values(targets).every((target) => target !== null);

  return (
    <Panel title="Let it decide">
      <div className="grid grid-cols-2 gap-x-5 gap-y-1 lg:grid-cols-4">
        <Field
          label="Right among the accepted, %"
          hint={boundHint(chosen.accept, "at or above")}
          error={targets.accept === null ? "Between 50 and 100." : null}
        >
          {(ids) => (
            <TextInput
              {...ids}
              inputMode="decimal"
              value={accept}
              onChange={(event) => setAccept(event.target.value)}
            />
          )}
        </Field>
        <Field
          label="Right among the rejected, %"
          hint={boundHint(chosen.reject, "at or below")}
          error={targets.reject === null ? "Between 50 and 100." : null}
        >
          {(ids) => (
            <TextInput
              {...ids}
              inputMode="decimal"
              value={reject}
              onChange={(event) => setReject(event.target.value)}
            />
          )}
        </Field>
        <Field
          label="With a confidence of, %"
          hint="One-sided, for all thresholds tried together."
          error={targets.confidence === null ? "Between 50 and 99.99." : null}
        >
          {(ids) => (
            <TextInput
              {...ids}
              inputMode="decimal"
              value={confidence}
              onChange={(event) => setConfidence(event.target.value)}
            />
          )}
        </Field>
        <Field
          label="Audited by people all the same, %"
          hint="Drawn at random from what it decides."
          error={targets.audit === null ? "Between 0 and 100." : null}
        >
          {(ids) => (
            <TextInput
              {...ids}
              inputMode="decimal"
              value={audit}
              onChange={(event) => setAudit(event.target.value)}
            />
          )}
        </Field>
      </div>
      {forecast.isError && <Problem error={forecast.error} onRetry={() => forecast.refetch()} />}
      {!possible ? (
        <p className="mt-3 rounded-lg bg-warn-soft px-4 py-3 text-warn">
          No threshold can be shown to be right that often on {formatCount(model.fit.samples)} decisions.
          Review more samples, or ask for less.
        </p>
      ) : (
        <div className="mt-3 flex flex-wrap gap-x-10 gap-y-4">
          <Figure label={`of ${formatCount(forecast.data?.pending ?? 0)} waiting samples accepted`}>
            {forecast.data ? formatCount(forecast.data.accept) : "…"}
          </Figure>
          <Figure label="rejected">{forecast.data ? formatCount(forecast.data.reject) : "…"}</Figure>
          <Figure label="left to people, audits not counted">
            {forecast.data ? formatCount(Math.max(0, forecast.data.pending - decided)) : "…"}
          </Figure>
          <Figure
            label={
              overview.time.seconds === null
                ? "reviewer hours saved: no decision was timed yet"
                : `reviewer hours saved, at ${overview.time.seconds.toFixed(1)} s a decision`
            }
          >
            {!forecast.data ? "…" : saved === null ? "–" : formatHours(saved)}
          </Figure>
        </div>
      )}
      <div className="mt-4 flex flex-wrap items-center gap-3">
        <Button
          look="primary"
          disabled={refusal !== null || !possible || !valid || apply.isPending}
          onClick={() =>
            apply.mutate({
              modelId: model.id,
              ...bounds,
              auditShare: targets.audit!,
              acceptPrecision: targets.accept!,
              rejectPrecision: targets.reject!,
              confidence: targets.confidence!,
            })
          }
        >
          {apply.isPending ? "Applying…" : "Apply as a new policy version"}
        </Button>
        <p className="text-[13px] text-ink-soft">
          {refusal ??
            "It decides on waiting samples and on those of later runs. All of it can be taken back at once."}
        </p>
      </div>
    </Panel>
  );
}

function boundHint(bound: ChosenBound | null, side: string): string {
  if (!bound) return "No threshold can be shown to do that.";
  return `Probability ${side} ${bound.at.toFixed(2)}: ${formatShare(bound.precision)} right, at least ${formatShare(bound.precisionLow)}.`;
}
