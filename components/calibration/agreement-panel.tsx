"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { EmptyState } from "@/components/ui/empty-state";
import { Select } from "@/components/ui/field";
import { formatCount } from "@/components/ui/format";
import { Panel } from "@/components/ui/panel";
import { Problem } from "@/components/ui/problem";
import { Loading, Skeleton } from "@/components/ui/skeleton";
import { api } from "@/lib/api/client";
import type { AgreementReport, AgreementScope, AgreementView } from "@/lib/api/contract/calibration";
import type { Coefficient } from "@/lib/domain/agreement/coefficient";
import { editTypeLabel, isEditType } from "@/lib/domain/edit-types";
import { formatShare, ShareWithInterval } from "./percent";

/**
 * How far reviewers agree: all together, by edit type and reason, pair by pair, and each with the others and with the gold
 * samples.
 */
export function AgreementPanel() {
  const [scope, setScope] = useState<AgreementScope>({});
  const report = useQuery({
    ...api.calibration.agreement.queryOptions({ input: scope }),
    placeholderData: keepPreviousData,
  });
  if (report.isError) return <Problem error={report.error} onRetry={() => report.refetch()} />;
  if (!report.data) {
    return (
      <Loading>
        <Skeleton className="h-72" />
      </Loading>
    );
  }
  const { overall, byType, byReason, pairs, reviewers, limit } = report.data;
  if (byType.length === 0 && reviewers.every(({ gold }) => gold === null)) {
    return (
      <EmptyState title="Nothing to compare yet">
        Agreement is measured on samples that two or more people reviewed on their own. Set more reviewers per
        sample in the review settings, or plant gold samples.
      </EmptyState>
    );
  }
  return (
    <div className="flex flex-col gap-5" aria-busy={report.isPlaceholderData}>
      <ScopeBar report={report.data} scope={scope} onChange={setScope} />
      <Panel title="Reviewers, each with the others">
        <AgreementTable
          rows={reviewers.map(({ name, withOthers, gold }) => ({
            label: name,
            agreement: withOthers,
            more: <ShareWithInterval value={gold} />,
          }))}
          more="Right on gold"
        />
        <p className="mt-3 text-[13px] text-ink-soft">
          Each answer beside what most of the others said of the same sample; where the others are evenly
          split it is left out. Gold samples count whatever is chosen above.
        </p>
      </Panel>
      <Panel title="All, by edit type, and by reason">
        <AgreementTable
          rows={[
            { label: "All", agreement: overall, strong: true },
            ...byType.map(({ editType, agreement }) => ({ label: editTypeLabel(editType), agreement })),
            ...byReason
              .filter(({ agreement }) => agreement.samples > 0)
              .map(({ label, agreement }) => ({ label: `Reason: ${label}`, agreement })),
          ]}
        />
        <p className="mt-3 text-[13px] text-ink-soft">
          With 95 % intervals, on the newest {formatCount(limit)} samples with two or more independent
          answers. A reason is compared as given or not given, on samples that somebody rejected. κ and α fall
          when nearly everything is approved; AC1 does not. Cohen’s κ is for two people; Fleiss’ κ for any
          number.
        </p>
      </Panel>
      {pairs.length > 0 && (
        <Panel title="Pairs of reviewers">
          <AgreementTable
            rows={pairs.map(({ first, second, agreement }) => ({
              label: `${first} and ${second}`,
              agreement,
            }))}
          />
        </Panel>
      )}
    </div>
  );
}

/** What the answers are compared on. */
function ScopeBar({
  report,
  scope,
  onChange,
}: {
  report: AgreementReport;
  scope: AgreementScope;
  onChange: (scope: AgreementScope) => void;
}) {
  const set = (editType: string | undefined, reason: string | undefined) =>
    onChange({
      ...(editType && isEditType(editType) && { editType }),
      ...(reason && { reason }),
    });
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Select
        aria-label="Edit type of the compared samples"
        className="max-w-52"
        value={scope.editType ?? ""}
        onChange={({ target }) => set(target.value, scope.reason)}
      >
        <option value="">All edit types</option>
        {report.byType.map(({ editType }) => (
          <option key={editType} value={editType}>
            {editTypeLabel(editType)}
          </option>
        ))}
      </Select>
      <Select
        aria-label="What is compared"
        className="max-w-72"
        value={scope.reason ?? ""}
        onChange={({ target }) => set(scope.editType, target.value)}
      >
        <option value="">Approved or rejected</option>
        {report.byReason.map(({ reason, label }) => (
          <option key={reason} value={reason}>
            Gave the reason “{label}” or not
          </option>
        ))}
      </Select>
    </div>
  );
}

interface AgreementRow {
  label: string;
  agreement: AgreementView;
  strong?: boolean;
  /** One more column. */
  more?: ReactNode;
}

function AgreementTable({ rows, more }: { rows: AgreementRow[]; more?: string }) {
  const heads = ["", "Samples", "Raw", "Cohen’s κ", "Fleiss’ κ", "Krippendorff’s α", "Gwet’s AC1"];
  return (
    <Table heads={more ? [...heads, more] : heads}>
      {rows.map(({ label, agreement, strong, more: last }) => (
        <Row key={label} label={label} {...(strong && { strong })}>
          <Cell>{formatCount(agreement.samples)}</Cell>
          <Value of={agreement.raw} share />
          <Value of={agreement.cohen} />
          <Value of={agreement.fleiss} />
          <Value of={agreement.alpha} />
          <Value of={agreement.ac1} />
          {more && <Cell>{last}</Cell>}
        </Row>
      ))}
    </Table>
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
  const text = (value: number) => (share ? formatShare(value) : value.toFixed(2).replace("-", "−"));
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
