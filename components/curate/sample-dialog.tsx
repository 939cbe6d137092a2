"use client";

import { useQuery } from "@tanstack/react-query";
import { useRef } from "react";
import { ActionButton } from "@/components/actions/action-button";
import { useShortcuts } from "@/components/actions/use-shortcuts";
import { EditTypeBadge } from "@/components/edits/edit-type-badge";
import { Judgements } from "@/components/edits/judgements";
import { ScoreList } from "@/components/edits/score-list";
import { Badge } from "@/components/ui/badge";
import { Dialog } from "@/components/ui/dialog";
import { formatCount, formatMoment } from "@/components/ui/format";
import { Picture } from "@/components/ui/picture";
import { errorText } from "@/components/ui/problem";
import { Skeleton } from "@/components/ui/skeleton";
import { WordDiff } from "@/components/ui/word-diff";
import { api } from "@/lib/api/client";
import type { CuratedSample } from "@/lib/api/contract/curate";
import { SampleActions } from "./sample-actions";
import { stateTones } from "./sample-tile";

interface SampleDialogProps {
  sample: CuratedSample | null;
  onClose: () => void;
  onOpen: (sample: CuratedSample) => void;
  /** To the neighbours in the list; null where there is none. */
  onPrevious: (() => void) | null;
  onNext: (() => void) | null;
}

/** One sample with its texts, scores, what can be done with it, and the samples that look like it. */
export function SampleDialog({ sample, onClose, onOpen, onPrevious, onNext }: SampleDialogProps) {
  return (
    <Dialog title={sample?.instruction ?? "Sample"} open={sample !== null} onClose={onClose} wide>
      {sample && (
        <>
          <Neighbours onPrevious={onPrevious} onNext={onNext} />
          <SampleFacts key={sample.id} sample={sample} onOpen={onOpen} />
        </>
      )}
    </Dialog>
  );
}

/** The way to the samples before and after it, by button and by arrow key. */
function Neighbours({ onPrevious, onNext }: Pick<SampleDialogProps, "onPrevious" | "onNext">) {
  const ref = useRef<HTMLDivElement>(null);
  const actions = [
    {
      id: "previous-sample",
      label: "Previous",
      keys: ["ArrowLeft", "k"],
      enabled: onPrevious !== null,
      run: () => onPrevious?.(),
    },
    {
      id: "next-sample",
      label: "Next",
      keys: ["ArrowRight", "j"],
      enabled: onNext !== null,
      run: () => onNext?.(),
    },
  ];
  useShortcuts(actions, ref);
  return (
    <div ref={ref} role="toolbar" aria-label="Other samples" className="flex gap-2">
      {actions.map((action) => (
        <ActionButton key={action.id} action={action} size="small" look="quiet" />
      ))}
    </div>
  );
}

function SampleFacts({
  sample: listed,
  onOpen,
}: {
  sample: CuratedSample;
  onOpen: (sample: CuratedSample) => void;
}) {
  // As it is now: what was done to it here may have taken it out of the list.
  const now = useQuery(api.samples.get.queryOptions({ input: { id: listed.id } }));
  const newer = now.data && now.data.version >= listed.version ? now.data : null;
  const sample = { ...listed, ...newer };
  const [tone, state] = stateTones[sample.state];
  const judgements = useQuery(api.judgements.ofSample.queryOptions({ input: { id: sample.id } }));
  return (
    <div className="flex flex-col gap-5">
      <div className="grid gap-5 md:grid-cols-[1fr_1fr_15rem]">
        <figure>
          <Picture
            image={sample.source}
            alt="Before"
            width={280}
            className="aspect-square w-full rounded-lg object-contain"
          />
          <figcaption className="mt-1 text-[13px] text-ink-soft">Before</figcaption>
        </figure>
        <figure>
          <Picture
            image={sample.target}
            alt="After"
            width={280}
            className="aspect-square w-full rounded-lg object-contain"
          />
          <figcaption className="mt-1 text-[13px] text-ink-soft">After</figcaption>
        </figure>
        <div className="flex flex-col gap-4">
          <ScoreList scores={sample.scores} />
          <Judgements query={judgements} instruction={sample.instruction} />
        </div>
      </div>
      <div className="flex flex-wrap items-center gap-2">
        <Badge tone={tone}>{state}</Badge>
        <EditTypeBadge editType={sample.editType} />
        {sample.tags.map(({ id, name }) => (
          <Badge key={id} tone="accent">
            {name}
          </Badge>
        ))}
        {sample.scoresStale && <Badge tone="warn">scores of an older text or mask</Badge>}
        <span className="text-[13px] text-ink-soft">
          {sample.runName}, {formatMoment(sample.createdAt)}
          {sample.anchor.licence && `, ${sample.anchor.licence}`}
        </span>
      </div>
      <p>
        <WordDiff before={sample.sourceCaption} after={sample.targetCaption} />
      </p>
      <SampleActions sample={sample} />
      <Similar sample={sample} onOpen={onOpen} />
    </div>
  );
}

function Similar({ sample, onOpen }: { sample: CuratedSample; onOpen: (sample: CuratedSample) => void }) {
  const similar = useQuery({
    ...api.curate.similar.queryOptions({ input: { id: sample.id, limit: 12 } }),
    retry: false,
  });
  return (
    <section>
      <h3 className="mb-2 font-semibold">Look-alikes</h3>
      {similar.isError && <p className="text-[13px] text-ink-soft">{errorText(similar.error)}</p>}
      {similar.isPending && <Skeleton className="h-24" />}
      {similar.data && (
        <>
          <ul className="flex gap-2 overflow-x-auto pb-2">
            {similar.data.items.map(({ similarity, sample: other }) => (
              <li key={other.id} className="w-24 shrink-0">
                <button type="button" onClick={() => onOpen(other)} aria-label={`Open: ${other.instruction}`}>
                  <Picture image={other.target} alt="" width={96} className="size-24 rounded object-cover" />
                </button>
                <p className="text-center text-xs text-ink-soft tabular-nums">{similarity.toFixed(3)}</p>
              </li>
            ))}
          </ul>
          <p className="text-[13px] text-ink-soft">
            {similar.data.items.length === 0
              ? "No other sample has been embedded."
              : similar.data.exact
                ? `Cosine of the target images’ embeddings, against all ${formatCount(similar.data.compared)} others.`
                : `Cosine of the target images’ embeddings, among the ${formatCount(similar.data.compared)} whose signs agree most.`}
          </p>
        </>
      )}
    </section>
  );
}
