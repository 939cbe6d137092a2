import { formatCount, formatMoment } from "@/components/ui/format";
import { Panel } from "@/components/ui/panel";
import type { AcceptanceModelView } from "@/lib/api/contract/calibration";
import { scoreDefinition } from "@/lib/domain/scores";
import { Figure, formatShare } from "./percent";
import { ReliabilityPlot } from "./reliability-plot";

/** What a fitted model says, and how well that held on samples it had not seen. */
export function ModelFacts({ model }: { model: AcceptanceModelView }) {
  const { fit } = model;
  const { brier, brierOfMean, calibrationError, area } = fit.quality;
  return (
    <Panel title={`Model of ${formatMoment(model.createdAt)}`}>
      <p className="mb-4 text-[13px] text-ink-soft">
        Regularised logistic regression on {formatCount(fit.samples)} decided samples (
        {formatCount(fit.approved)} approved){fit.weighted && ", weighted by how they were drawn"}. λ ={" "}
        {fit.lambda}, chosen by {fit.folds}-fold cross-validation by anchor. All figures are out of fold.
      </p>
      <div className="flex flex-wrap items-start gap-8">
        <ReliabilityPlot bins={fit.bins} />
        <div className="flex flex-col gap-4">
          <Figure
            label={`Brier score; ${brierOfMean.toFixed(3)} for always saying the mean`}
            hint="Mean squared error of the probability: lower is better"
          >
            {brier.toFixed(3)}
          </Figure>
          <Figure label="expected calibration error">{formatShare(calibrationError)}</Figure>
          <Figure label="chance to rank a good sample above a bad one">
            {area === null ? "–" : area.toFixed(3)}
          </Figure>
        </div>
        <table className="min-w-64 text-[13px]">
          <thead>
            <tr className="text-left text-ink-soft">
              <th className="pb-1 font-normal">Score</th>
              <th
                className="pb-1 pl-6 text-right font-normal"
                title="Change of the log odds per standard deviation"
              >
                Weight
              </th>
            </tr>
          </thead>
          <tbody>
            {fit.columns.map((column, index) => (
              <tr key={column} className="border-t border-line">
                <td className="py-1">{columnLabel(column)}</td>
                <td className="py-1 pl-6 text-right tabular-nums">{signed(fit.coefficients[index] ?? 0)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}

function columnLabel(column: string): string {
  const missing = column.endsWith(" missing");
  const score = missing ? column.slice(0, -" missing".length) : column;
  const label = scoreDefinition(score)?.label ?? score;
  return missing ? `${label}: missing` : label;
}

function signed(value: number): string {
  return `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(2)}`;
}
