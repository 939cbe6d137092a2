"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { EditTypeBadge } from "@/components/edits/edit-type-badge";
import { Button } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { Dialog } from "@/components/ui/dialog";
import { Select } from "@/components/ui/field";
import { formatCount } from "@/components/ui/format";
import { Picture } from "@/components/ui/picture";
import { Problem } from "@/components/ui/problem";
import { Loading, Skeleton } from "@/components/ui/skeleton";
import { WordDiff } from "@/components/ui/word-diff";
import { api, client } from "@/lib/api/client";

/** The seeds to try: these, or those that the list's filter finds. */
export type SeedsToTry = Pick<Parameters<typeof client.seeds.tryOut>[0], "seeds" | "filter" | "notAnchor">;

/** Stage I on three anchors with exactly these seeds, to see what runs would make of them. Nothing is kept. */
export function TryDialog({ seeds, onClose }: { seeds: SeedsToTry | null; onClose: () => void }) {
  return (
    <Dialog title="Try it" open={seeds !== null} onClose={onClose} wide>
      {seeds && <Trial seeds={seeds} />}
    </Dialog>
  );
}

function Trial({ seeds }: { seeds: SeedsToTry }) {
  const [draw, setDraw] = useState(0);
  const [chosen, setChosen] = useState<"recombination" | "openai" | null>(null);
  const providers = useQuery(api.project.providers.queryOptions());
  const available = providers.data?.filter((provider) => provider.available) ?? [];
  const provider = chosen ?? "recombination";
  const input = { ...seeds, provider, draw };
  // A key of its own: other people's seeds must not start it again.
  const trial = useQuery({
    queryKey: ["try-seeds", input],
    queryFn: ({ signal }) => client.seeds.tryOut(input, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  return (
    <div className="flex flex-col gap-4">
      <p className="text-[13px] text-ink-soft">
        {trial.data
          ? `What ${trial.data.provider} proposes for three images when it has ${
              trial.data.seeds === 1 ? "this seed alone" : `these ${formatCount(trial.data.seeds)} seeds`
            } to learn from (${trial.data.fitting} of the ${trial.data.looked} captions looked at gave edits). Nothing is saved.`
          : "Asks for edits of three images with exactly these seeds. Nothing is saved."}
      </p>
      {trial.isError && <Problem error={trial.error} onRetry={() => trial.refetch()} />}
      {trial.isFetching && (
        <Loading>
          <div className="flex flex-col gap-3">
            {["a", "b", "c"].map((key) => (
              <Skeleton key={key} className="h-28" />
            ))}
          </div>
        </Loading>
      )}
      {!trial.isFetching && trial.data && (
        <ul className="flex flex-col gap-4" aria-label="Proposed edits">
          {trial.data.results.map((result) => (
            <TriedAnchor key={result.anchor.id} {...result} />
          ))}
        </ul>
      )}
      <div className="flex flex-wrap items-center gap-2">
        <Button onClick={() => setDraw(draw + 1)} disabled={trial.isFetching}>
          Other images
        </Button>
        {available.length > 1 && (
          <Select
            aria-label="Who proposes"
            className="max-w-72"
            value={provider}
            onChange={(event) => setChosen(event.target.value as typeof provider)}
          >
            {available.map(({ id, label }) => (
              <option key={id} value={id}>
                {label}
              </option>
            ))}
          </Select>
        )}
      </div>
    </div>
  );
}

type Result = Awaited<ReturnType<typeof client.seeds.tryOut>>["results"][number];

function TriedAnchor({ anchor, edits, failures }: Result) {
  return (
    <li className="flex gap-4">
      <Picture
        image={anchor.image}
        alt={anchor.caption}
        width={112}
        className="size-28 shrink-0 rounded-md object-cover"
      />
      <div className="min-w-0 flex-1">
        <p className="mb-1 text-[13px] text-ink-soft">{anchor.caption}</p>
        <ul className="flex flex-col gap-1.5">
          {edits.map((edit) => (
            <li key={`${edit.instruction} ${edit.targetCaption}`}>
              <span className="font-medium">{edit.instruction}</span>{" "}
              <EditTypeBadge editType={edit.editType} />
              <p className="text-[13px] text-ink-soft">
                <WordDiff before={edit.sourceCaption} after={edit.targetCaption} />
              </p>
            </li>
          ))}
        </ul>
        {(edits.length === 0 && failures.length === 0 ? ["No edit came of these seeds."] : failures).map(
          (reason) => (
            <p
              key={reason}
              className={classNames("text-[13px]", edits.length === 0 ? "text-warn" : "text-ink-soft")}
            >
              {reason}
            </p>
          ),
        )}
      </div>
    </li>
  );
}
