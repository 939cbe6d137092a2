import { formatCount } from "@/components/ui/format";
import { Panel } from "@/components/ui/panel";
import type { WhatIfAnswer } from "@/lib/domain/calibration/what-if/what-if";
import { editTypeLabel } from "@/lib/domain/edit-types";
import { formatShare } from "./percent";

/** How many candidates of each edit type pass. */
export function SurvivorTable({ rows }: { rows: WhatIfAnswer["byType"] }) {
  const shown = rows.filter(({ candidates }) => candidates > 0);
  return (
    <Panel title="By edit type">
      <table className="w-full text-[13px]">
        <thead>
          <tr className="text-left text-ink-soft">
            <th className="pb-1 font-normal">Type</th>
            <th className="pb-1 text-right font-normal">Pass</th>
            <th className="pb-1 text-right font-normal">Share</th>
          </tr>
        </thead>
        <tbody>
          {shown.map(({ editType, survivors, candidates }) => (
            <tr key={editType} className="border-t border-line">
              <td className="py-1">{editTypeLabel(editType)}</td>
              <td className="py-1 text-right tabular-nums">{formatCount(survivors)}</td>
              <td className="py-1 text-right tabular-nums">{formatShare(survivors / candidates)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}
