import { Badge } from "@/components/ui/badge";
import { classNames } from "@/components/ui/class-names";
import { Picture } from "@/components/ui/picture";
import type { ChainTurnView } from "@/lib/api/contract/chains";

const tones = { pending: "warn", approved: "good", rejected: "bad" } as const;

/** The pictures of a chain from left to right, each with the instruction that led to it. */
export function ChainStrip({
  turns,
  current,
  width = 160,
}: {
  turns: readonly ChainTurnView[];
  /** The sample that is shown elsewhere on the page. */
  current?: string;
  /** Of a picture, in CSS pixels. */
  width?: number;
}) {
  const [first] = turns;
  if (!first) return null;
  return (
    <ol className="flex gap-3 overflow-x-auto pb-1">
      <li className="shrink-0" style={{ width }}>
        <Picture
          image={first.source}
          alt="Where the chain begins"
          width={width}
          className="aspect-square w-full rounded-md object-contain"
        />
        <p className="mt-1 text-xs text-ink-soft">Source</p>
      </li>
      {turns.map((turn) => (
        <li
          key={turn.sampleId}
          className="shrink-0"
          style={{ width }}
          aria-current={turn.sampleId === current}
        >
          <Picture
            image={turn.target}
            alt={`After turn ${turn.turn}: ${turn.instruction}`}
            width={width}
            className={classNames(
              "aspect-square w-full rounded-md object-contain",
              turn.sampleId === current && "outline-2 outline-offset-2 outline-accent",
            )}
          />
          <p className="mt-1 flex items-center gap-1.5 text-xs text-ink-soft">
            Turn {turn.turn} <Badge tone={tones[turn.state]}>{turn.state}</Badge>
          </p>
          <p className="text-xs" title={turn.instruction}>
            <span className="line-clamp-2">{turn.instruction}</span>
          </p>
        </li>
      ))}
    </ol>
  );
}
