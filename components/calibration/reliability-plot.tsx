import { countOf } from "@/components/ui/format";
import type { AcceptanceFit } from "@/lib/domain/calibration/acceptance-model";
import { exactInterval } from "@/lib/domain/statistics/proportion-bounds";

const side = 240;
const edge = 28;
const place = (share: number) => edge + share * (side - edge - 8);

/** What the model predicted against how often people approved, out of fold, with exact 95 % intervals at the effective number of samples. */
export function ReliabilityPlot({ bins }: { bins: AcceptanceFit["bins"] }) {
  const filled = bins.filter((bin) => bin.predicted !== null && bin.observed !== null);
  const y = (share: number) => side - place(share);
  const summary = filled
    .map(
      (bin) =>
        `predicted ${bin.predicted!.toFixed(2)}, approved ${bin.observed!.toFixed(2)} of ${bin.samples}`,
    )
    .join("; ");
  return (
    <figure className="w-fit">
      <svg
        viewBox={`0 0 ${side} ${side}`}
        className="size-60"
        role="img"
        aria-label={`Reliability: ${summary}`}
      >
        <rect
          x={place(0)}
          y={y(1)}
          width={place(1) - place(0)}
          height={y(0) - y(1)}
          className="fill-none stroke-line"
        />
        <line
          x1={place(0)}
          y1={y(0)}
          x2={place(1)}
          y2={y(1)}
          className="stroke-line-strong"
          strokeDasharray="4 4"
        />
        {filled.map((bin) => {
          const size = bin.size ?? bin.samples;
          const { low, high } = exactInterval(bin.observed! * size, size);
          const x = place(bin.predicted!);
          return (
            <g key={bin.from}>
              <title>{`${countOf(bin.samples, "sample")}: predicted ${bin.predicted!.toFixed(2)}, approved ${bin.observed!.toFixed(2)}`}</title>
              <line x1={x} x2={x} y1={y(low)} y2={y(high)} className="stroke-accent" strokeWidth="1.5" />
              <circle cx={x} cy={y(bin.observed!)} r="4" className="fill-accent" />
            </g>
          );
        })}
        {[0, 0.5, 1].map((tick) => (
          <g key={tick} className="fill-ink-soft text-[10px]">
            <text x={place(tick)} y={side - edge + 14} textAnchor="middle">
              {tick}
            </text>
            <text x={edge - 5} y={y(tick) + 3} textAnchor="end">
              {tick}
            </text>
          </g>
        ))}
      </svg>
      <figcaption className="text-center text-[13px] text-ink-soft">
        Predicted (across) and approved (up)
      </figcaption>
    </figure>
  );
}
