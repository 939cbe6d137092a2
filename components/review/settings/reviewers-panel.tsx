"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Select } from "@/components/ui/field";
import { formatCount } from "@/components/ui/format";
import { Panel } from "@/components/ui/panel";
import { Problem } from "@/components/ui/problem";
import { Loading, Skeleton } from "@/components/ui/skeleton";
import { api } from "@/lib/api/client";

const spans = [1, 7, 30, 365] as const;

/** Each reviewer's work and agreement with gold: of all for curators, of all with the leaderboard, else one's own. */
export function ReviewersPanel() {
  const [days, setDays] = useState<number>(30);
  const reviewers = useQuery(api.review.reviewers.queryOptions({ input: { days } }));
  const holders = useQuery({ ...api.review.holders.queryOptions(), refetchInterval: 10_000 }).data ?? [];
  const held = (memberId: string) => holders.find((one) => one.memberId === memberId)?.held ?? 0;
  const agreement = (seen: number, agreed: number) =>
    seen === 0 ? "–" : `${Math.round((100 * agreed) / seen)} % of ${formatCount(seen)}`;
  return (
    <Panel
      title="Reviewers"
      actions={
        <div className="w-36">
          <Select aria-label="Time" value={days} onChange={({ target }) => setDays(Number(target.value))}>
            {spans.map((span) => (
              <option key={span} value={span}>
                {span === 1 ? "Today" : `Last ${span} days`}
              </option>
            ))}
          </Select>
        </div>
      }
    >
      {reviewers.error && <Problem error={reviewers.error} onRetry={() => void reviewers.refetch()} />}
      {reviewers.isPending && (
        <Loading label="Loading the reviewers">
          <Skeleton className="h-16" />
        </Loading>
      )}
      {reviewers.data?.length === 0 && <p className="text-ink-soft">Nobody decided anything in this time.</p>}
      {reviewers.data && reviewers.data.length > 0 && (
        <table className="w-full text-left tabular-nums">
          <thead className="text-[13px] text-ink-soft">
            <tr>
              <th className="font-medium">Name</th>
              <th className="text-right font-medium">Approved</th>
              <th className="text-right font-medium">Rejected</th>
              <th className="text-right font-medium">Holds</th>
              <th className="text-right font-medium">Agrees with gold</th>
            </tr>
          </thead>
          <tbody>
            {reviewers.data.map((one) => (
              <tr key={one.memberId} className="border-t border-line">
                <td className="py-1.5">{one.mine ? `${one.name} (you)` : one.name}</td>
                <td className="text-right">{formatCount(one.approved)}</td>
                <td className="text-right">{formatCount(one.rejected)}</td>
                <td className="text-right">{held(one.memberId)}</td>
                <td className="text-right">{agreement(one.goldSeen, one.goldAgreed)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  );
}
