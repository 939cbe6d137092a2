"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useDeferredValue, useState } from "react";
import type { Action } from "@/components/actions/action";
import { ActionButton } from "@/components/actions/action-button";
import { useShortcuts } from "@/components/actions/use-shortcuts";
import { Field, TextInput } from "@/components/ui/field";
import { Panel } from "@/components/ui/panel";
import { Problem } from "@/components/ui/problem";
import { api } from "@/lib/api/client";
import type { PackView } from "@/lib/api/contract/project";
import { runConfigSchema, type Thresholds } from "@/lib/domain/run-config";
import { mergeThresholds, scopeOf } from "@/lib/domain/thresholds";
import { AdvancedFields } from "./advanced-fields";
import { AnchorFields } from "./anchor-fields";
import { Forecast, useForecast } from "./forecast";
import { ImageFields } from "./image-fields";
import { InstructionFields, type Provider } from "./instruction-fields";
import { JudgeFields } from "./judge-fields";
import { QuotaFields } from "./quota-fields";
import { RegionFields } from "./region-fields";
import { draftProblems, type RunDraft, type RunFields } from "./run-draft";
import { ThresholdTable } from "./threshold-table";

interface RunFormProps {
  initial: RunDraft;
  packs: readonly PackView[];
  providers: readonly Provider[];
}

/** The pack's bounds, without those of one stage that the run's own bound on the same score replaces. */
function packThresholds(pack: PackView | undefined, own: Thresholds): Thresholds {
  if (!pack) return {};
  const all = mergeThresholds({ freeForm: pack.thresholds, region: pack.regionThresholds }, {});
  return Object.fromEntries(
    Object.entries(all).filter(([name]) => !name.includes("/") || !(scopeOf(name).score in own)),
  );
}

export function RunForm({ initial, packs, providers }: RunFormProps) {
  const router = useRouter();
  const [draft, setDraft] = useState(initial);
  const parsed = runConfigSchema.safeParse(draft);
  // The name costs nothing: typing it must not ask for a forecast.
  const config = useDeferredValue(parsed.success ? { ...parsed.data, name: "forecast" } : null);
  const problems = draftProblems(draft);
  const forecast = useForecast(config);
  const pack = packs.find(({ name }) => name === draft.freeForm.pack);
  const create = useMutation(
    api.runs.create.mutationOptions({ onSuccess: (run) => router.push(`/runs/${run.id}`) }),
  );
  const blocked = forecast.data ? forecast.data.problems.length > 0 : true;
  const launch: Action = {
    id: "launch",
    label: create.isPending ? "Launching…" : "Launch",
    keys: ["Ctrl+Enter"],
    whileTyping: true,
    enabled: parsed.success && !blocked && !create.isPending,
    run: () => parsed.success && create.mutate(parsed.data),
  };
  useShortcuts([launch]);

  const fields: RunFields = {
    draft,
    change: (part) => setDraft((current) => ({ ...current, ...part })),
    problems,
  };
  return (
    <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_20rem]">
      <div className="flex flex-col gap-5">
        <Panel>
          <Field label="Name" error={problems.name && "Give the run a name of at most 120 characters."}>
            {(ids) => (
              <TextInput
                {...ids}
                value={draft.name}
                onChange={(event) => fields.change({ name: event.target.value })}
              />
            )}
          </Field>
          <AnchorFields {...fields} />
        </Panel>
        <Panel title="Instructions">
          <InstructionFields {...fields} providers={providers} />
          <QuotaFields {...fields} />
        </Panel>
        <Panel title="Images">
          <ImageFields {...fields} packs={packs} pack={pack} />
        </Panel>
        <Panel title="Regions">
          <RegionFields {...fields} pack={pack} providers={providers} />
        </Panel>
        {(draft.freeForm.enabled || draft.region.enabled) && (
          <Panel title="What passes">
            <ThresholdTable
              key={draft.freeForm.pack}
              defaults={packThresholds(pack, draft.thresholds)}
              value={draft.thresholds}
              onChange={(thresholds) => fields.change({ thresholds })}
            />
            <JudgeFields {...fields} />
          </Panel>
        )}
        <AdvancedFields {...fields} pack={pack} />
      </div>
      <Panel title="Forecast" className="lg:sticky lg:top-6">
        <div className="flex flex-col gap-4">
          {parsed.success ? (
            <Forecast forecast={forecast} />
          ) : (
            <p role="status" className="text-[13px] text-bad">
              Correct the marked fields to see what it would cost.
            </p>
          )}
          {create.isError && <Problem error={create.error} />}
          <ActionButton action={launch} look="primary" size="large" />
        </div>
      </Panel>
    </div>
  );
}
