"use client";

import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { EmptyState } from "@/components/ui/empty-state";
import { formatCount } from "@/components/ui/format";
import { Panel } from "@/components/ui/panel";
import { Problem } from "@/components/ui/problem";
import { Loading, Skeleton } from "@/components/ui/skeleton";
import { api } from "@/lib/api/client";
import type { AgreementView } from "@/lib/api/contract/calibration";
import type { Coefficient } from "@/lib/domain/agreement/coefficient";
import { editTypeInfo, isEditType } from "@/lib/domain/edit-types";
import { formatShare, ShareWithInterval } from "./percent";

/** How far reviewers agree: all together, by edit type and reason, pair by pair, and each with the gold samples. */
export function AgreementPanel() {
  const report = useQuery(api.calibration.agreement.queryOptions());
  if (report.isError) return <Problem error={report.error} onRetry={() => report.refetch()} />;
  if (!report.data) {
    return (
      <Loading>
        <Skeleton className="h-72" />
      </Loading>
    );
  }
  const { overall, byType, byReason, pairs, reviewers, limit } = report.data;
  if (overall.samples === 0 && reviewers.every(({ gold }) => gold === null)) {
    return (
      <EmptyState title="Nothing to compare yet">
        Agreement is measured on samples that two or more people reviewed on their own. Set more reviewers per
        sample in the review settings, or plant gold samples.
      </EmptyState>
    );
  }
  return (
    <div className="flex flex-col gap-5">
      <Panel title="All, by edit type, and by reason">
        <Table heads={["", "Samples", "Raw", "Fleiss’ κ", "Krippendorff’s α", "Gwet’s AC1"]}>
          <AgreementRow label="All" agreement={overall} strong />
          {byType.map(({ editType, agreement }) => (
            <AgreementRow
              key={editType}
              label={isEditType(editType) ? editTypeInfo(editType).label : editType}
              agreement={agreement}
            />
          ))}
          {byReason
            .filter(({ agreement }) => agreement.samples > 0)
            .map(({ reason, label, agreement }) => (
              <AgreementRow key={reason} label={`Reason: ${label}`} agreement={agreement} />
            ))}
        </Table>
        <p className="mt-3 text-[13px] text-ink-soft">
          With 95 % intervals, on the newest {formatCount(limit)} samples with two or more independent
          answers. A reason is compared as given or not given, on samples that somebody rejected. κ and α fall
          when nearly everything is approved; AC1 does not.
        </p>
      </Panel>
      {pairs.length > 0 && (
        <Panel title="Pairs of reviewers">
          <Table heads={["", "Samples", "Raw", "Cohen’s κ", "Gwet’s AC1"]}>
            {pairs.map(({ first, second, samples, raw, cohen, ac1 }) => (
              <Row key={`${first}/${second}`} label={`${first} and ${second}`}>
                <Cell>{formatCount(samples)}</Cell>
                <Value of={raw} share />
                <Value of={cohen} />
                <Value of={ac1} />
              </Row>
            ))}
          </Table>
        </Panel>
      )}
      <Panel title="Reviewers and gold samples">
        <Table heads={["", "Compared samples", "Gold seen", "Agreed with gold"]}>
          {reviewers.map(({ name, samples, gold }) => (
            <Row key={name} label={name}>
              <Cell>{formatCount(samples)}</Cell>
              <Cell>{gold ? formatCount(gold.seen) : "none"}</Cell>
              <Cell>
                <ShareWithInterval value={gold} />
              </Cell>
            </Row>
          ))}
        </Table>
      </Panel>
    </div>
  );
}

function AgreementRow({
  label,
  agreement,
  strong,
}: {
  label: string;
  agreement: AgreementView;
  strong?: boolean;
}) {
  return (
    <Row label={label} {...(strong && { strong })}>
      <Cell>{formatCount(agreement.samples)}</Cell>
      <Value of={agreement.raw} share />
      <Value of={agreement.fleiss} />
      <Value of={agreement.alpha} />
      <Value of={agreement.ac1} />
    </Row>
  );
}

function Table({ heads, children }: { heads: string[]; children: ReactNode }) {
  return (
    <div className="overflow-x-auto">
      <table className="w-full text-[13px]">
        <thead>
          <tr className="text-ink-soft">
            {heads.map((head, index) => (
              <th key={head} className={index === 0 ? "pb-1 text-left" : "pb-1 pl-4 text-right font-normal"}>
                {head || <span className="sr-only">What</span>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}

function Row({ label, strong, children }: { label: string; strong?: boolean; children: ReactNode }) {
  return (
    <tr className="border-t border-line">
      <th scope="row" className={strong ? "py-1.5 text-left" : "py-1.5 text-left font-normal"}>
        {label}
      </th>
      {children}
    </tr>
  );
}

function Cell({ children }: { children: ReactNode }) {
  return <td className="py-1.5 pl-4 text-right tabular-nums">{children}</td>;
}

function Value({ of, share }: { of: Coefficient | null; share?: boolean }) {
  if (!of) return <Cell>–</Cell>;
  const text = (value: number) => (share ? formatShare(value) : value.toFixed(2));
  return (
    <Cell>
      {text(of.value)}{" "}
      <span
        className="text-ink-soft"
        title={of.error === null ? "Bootstrap interval" : `Standard error ${of.error.toFixed(3)}`}
      >
        {text(of.low)}–{text(of.high)}
      </span>
    </Cell>
  );
}
