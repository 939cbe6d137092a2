"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "@/lib/api/client";
import type { RunView } from "@/lib/api/contract/runs";
import { isSettled } from "@/lib/domain/run-state";
import { thresholdsFor } from "@/lib/domain/thresholds";
import { CandidateCard } from "./candidate-card";
import { CandidateDialog, type ShownCandidate } from "./candidate-dialog";

const edits = 6;
const cards = 5;

/** While a run works: what it has just drawn, the latest first, above the edits that still wait. */
export function NewestPictures({ run }: { run: RunView }) {
  const [shown, setShown] = useState<ShownCandidate | null>(null);
  const working = !isSettled(run.state);
  const drawn = useQuery({
    ...api.runs.drawn.queryOptions({ input: { id: run.id, limit: edits } }),
    enabled: working,
  });
  const newest = (drawn.data ?? [])
    .flatMap((edit) => edit.candidates.map((candidate) => ({ edit, candidate })))
    .sort((a, b) => (a.candidate.id < b.candidate.id ? 1 : -1))
    .slice(0, cards);
  if (!working || newest.length === 0) return null;
  return (
    <section aria-label="Newest pictures" className="mb-6">
      <h2 className="mb-2 text-lg font-semibold">Newest pictures</h2>
      <ul className="flex flex-wrap gap-3">
        {newest.map(({ edit, candidate }) => (
          <li key={candidate.id} className="flex w-54 flex-col gap-1">
            <CandidateCard
              candidate={candidate}
              instruction={edit.instruction}
              thresholds={thresholdsFor(run.thresholds, edit.stage, edit.editType)}
              // A candidate that passes is kept or not when its edit has all of its draws.
              pending={edit.state === "pending"}
              onShow={() => setShown({ edit, candidate })}
            />
            <p className="line-clamp-2 px-1.5 text-[13px]">{edit.instruction}</p>
          </li>
        ))}
      </ul>
      <CandidateDialog shown={shown} thresholds={run.thresholds} onClose={() => setShown(null)} />
    </section>
  );
}
