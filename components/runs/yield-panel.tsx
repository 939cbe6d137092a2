import { countOf, formatCount } from "@/components/ui/format";
import type { RunView, YieldView } from "@/lib/api/contract/runs";
import { editTypeInfo } from "@/lib/domain/edit-types";

const stageNames = { freeForm: "free-form", region: "region" } as const;

/** What the run has learned: how often candidates of each edit type pass, and what a kept pair costs. */
export function YieldPanel({ run }: { run: RunView }) {
  const rows = run.yields.filter(({ drawn, finished }) => drawn + finished > 0);
  const drawn = rows.reduce((sum, row) => sum + row.drawn, 0);
  if (drawn === 0) return null;
  const stages = new Set(rows.map(({ stage }) => stage));
  const total = rows.reduce((sum, row) => sum + row.kept, 0);
  return (
    <details className="mb-4 rounded-xl border border-line bg-panel">
      <summary className="rounded-xl px-5 py-3 font-semibold select-none">
        Yield{" "}
        <span className="font-normal text-ink-soft tabular-nums">
          ({countOf(total, "pair")} kept of {formatCount(drawn)} drawn)
        </span>
      </summary>
      <div className="overflow-x-auto px-5 pb-4">
        <table className="w-full text-[13px] tabular-nums">
          <thead className="text-right text-xs text-ink-soft">
            <tr>
              <th className="py-1 text-left font-medium">Edit type</th>
              <th className="py-1 pl-3 font-medium">Edits done</th>
              <th className="py-1 pl-3 font-medium">With a kept pair</th>
              <th className="py-1 pl-3 font-medium">Drawn</th>
              <th className="py-1 pl-3 font-medium">Passed</th>
              <th className="py-1 pl-3 font-medium">Kept</th>
              <th className="py-1 pl-3 font-medium">Kept per 1,000 model steps</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <YieldRow key={`${row.stage} ${row.editType}`} row={row} named={stages.size > 1} />
            ))}
          </tbody>
        </table>
        <p className="mt-2 text-xs text-ink-soft">
          The next edit of a type is drawn as often as these numbers make worth while. A model step is one
          evaluation of the image model (its UNet) for one picture: it is what drawing costs.
        </p>
      </div>
    </details>
  );
}

function YieldRow({ row, named }: { row: YieldView; named: boolean }) {
  const cells = [
    formatCount(row.finished),
    formatCount(row.fruitful),
    formatCount(row.drawn),
    row.drawn > 0 ? `${formatCount(row.passed)} (${Math.round((100 * row.passed) / row.drawn)} %)` : "–",
    formatCount(row.kept),
    perThousand(row.kept, row.unetRows),
  ];
  return (
    <tr className="border-t border-line text-right">
      <th scope="row" className="py-1 text-left font-normal">
        {editTypeInfo(row.editType).label}
        {named && <span className="text-ink-soft">, {stageNames[row.stage]}</span>}
      </th>
      {cells.map((cell, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the columns never change
        <td key={i} className="py-1 pl-3">
          {cell}
        </td>
      ))}
    </tr>
  );
}

function perThousand(kept: number, unetRows: number): string {
  return unetRows > 0 ? ((1000 * kept) / unetRows).toFixed(2) : "–";
}
