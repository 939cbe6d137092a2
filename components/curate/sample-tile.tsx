import { PeopleAt } from "@/components/people/people-at";
import { Badge, type Tone } from "@/components/ui/badge";
import { classNames } from "@/components/ui/class-names";
import { Picture } from "@/components/ui/picture";
import type { CuratedSample } from "@/lib/api/contract/curate";
import type { SampleState } from "@/lib/domain/sample-state";

export const stateTones: Record<SampleState, [Tone, string]> = {
  pending: ["plain", "Waiting"],
  approved: ["good", "Approved"],
  rejected: ["bad", "Rejected"],
};

interface SampleTileProps {
  sample: CuratedSample;
  chosen: boolean;
  onChoose: (range: boolean) => void;
  onOpen: () => void;
}

/** A pair with its instruction; its picture opens it, its box chooses it. */
export function SampleTile({ sample, chosen, onChoose, onOpen }: SampleTileProps) {
  const [tone, state] = stateTones[sample.state];
  return (
    <div
      className={classNames(
        "relative flex h-full flex-col overflow-hidden rounded-lg border bg-panel",
        chosen ? "border-accent ring-1 ring-accent" : "border-line hover:border-line-strong",
      )}
    >
      <button type="button" onClick={onOpen} className="flex w-full flex-1 flex-col text-left">
        <span className="grid w-full grid-cols-2">
          <Picture image={sample.source} alt="" width={130} className="aspect-square w-full object-cover" />
          <Picture image={sample.target} alt="" width={130} className="aspect-square w-full object-cover" />
        </span>
        <span className="line-clamp-2 px-3 pt-2 text-[13px]">{sample.instruction}</span>
      </button>
      <div className="flex flex-wrap items-center gap-1.5 px-3 py-2">
        <Badge tone={tone}>{state}</Badge>
        <PeopleAt subject={`sample:${sample.id}`} />
        {sample.tags.map(({ id, name }) => (
          <Badge key={id} tone="accent">
            {name}
          </Badge>
        ))}
        {sample.acceptance !== null && (
          <span
            className="ml-auto text-xs text-ink-soft tabular-nums"
            title="Probability that people approve it"
          >
            {sample.acceptance.toFixed(2)}
          </span>
        )}
      </div>
      <label className="absolute top-1.5 left-1.5 flex size-7 items-center justify-center rounded bg-panel/85">
        <input
          type="checkbox"
          aria-label={`Choose: ${sample.instruction}`}
          checked={chosen}
          onClick={(event) => onChoose(event.shiftKey)}
          onChange={() => {}}
          className="size-4 accent-accent"
        />
      </label>
    </div>
  );
}
