"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { Field, Select } from "@/components/ui/field";
import { Panel } from "@/components/ui/panel";
import { Problem } from "@/components/ui/problem";
import { Loading, Skeleton } from "@/components/ui/skeleton";
import { useToasts } from "@/components/ui/toasts";
import { api, client } from "@/lib/api/client";
import type { ReviewSettingsView } from "@/lib/api/contract/review";

const shares = [0, 0.02, 0.05, 0.1, 0.2];
const leases = [2, 5, 10, 30, 60];

/** The project's settings; each change is saved at once. */
export function SettingsPanel() {
  const queries = useQueryClient();
  const toasts = useToasts();
  const settings = useQuery(api.review.settings.queryOptions());
  const [busy, setBusy] = useState(false);

  const save = async (change: Partial<ReviewSettingsView>) => {
    if (!settings.data || busy) return;
    setBusy(true);
    try {
      const saved = await client.review.updateSettings({ ...settings.data, ...change });
      queries.setQueryData(api.review.settings.queryKey(), saved);
      toasts.say("Saved.");
    } catch (error) {
      toasts.complain(error);
      await settings.refetch();
    } finally {
      setBusy(false);
    }
  };

  if (settings.error) return <Problem error={settings.error} onRetry={() => void settings.refetch()} />;
  const now = settings.data;
  return (
    <Panel title="Queue">
      {!now ? (
        <Loading label="Loading the settings">
          <Skeleton className="h-40" />
        </Loading>
      ) : (
        <div className="grid gap-x-4 gap-y-1 sm:grid-cols-2">
          <Choice
            label="Reviewers per sample"
            hint="Where they disagree, a curator who did not vote decides."
            value={now.reviewersPerSample}
            options={[1, 2, 3, 4, 5].map((n) => [n, String(n)])}
            onChange={(reviewersPerSample) => void save({ reviewersPerSample })}
          />
          <Choice
            label="Gold samples"
            hint="Share of planted samples among those handed out."
            value={now.goldShare}
            options={shares.map((share) => [share, share === 0 ? "none" : `${share * 100} %`])}
            onChange={(goldShare) => void save({ goldShare })}
          />
          <Choice
            label="Hold"
            hint="How long a sample is kept for a reviewer whose page is silent."
            value={now.leaseSeconds}
            options={leases.map((minutes) => [minutes * 60, `${minutes} minutes`])}
            onChange={(leaseSeconds) => void save({ leaseSeconds })}
          />
          <div className="flex flex-col justify-center gap-2">
            <Check checked={now.blind} onChange={(blind) => void save({ blind })}>
              Everybody reviews blind, without scores and run
            </Check>
            <Check checked={now.leaderboard} onChange={(leaderboard) => void save({ leaderboard })}>
              Reviewers see each other's numbers
            </Check>
          </div>
        </div>
      )}
      {busy && (
        <p role="status" className="sr-only">
          Saving
        </p>
      )}
    </Panel>
  );
}

interface ChoiceProps {
  label: string;
  hint: string;
  value: number;
  options: [number, string][];
  onChange: (value: number) => void;
}

function Choice({ label, hint, value, options, onChange }: ChoiceProps) {
  const known = options.some(([one]) => one === value);
  return (
    <Field label={label} hint={hint}>
      {(ids) => (
        <Select {...ids} value={value} onChange={({ target }) => onChange(Number(target.value))}>
          {!known && <option value={value}>{value}</option>}
          {options.map(([one, text]) => (
            <option key={one} value={one}>
              {text}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}

function Check({
  checked,
  onChange,
  children,
}: {
  checked: boolean;
  onChange: (checked: boolean) => void;
  children: ReactNode;
}) {
  return (
    <label className="flex items-center gap-2">
      <input type="checkbox" checked={checked} onChange={({ target }) => onChange(target.checked)} />
      {children}
    </label>
  );
}
