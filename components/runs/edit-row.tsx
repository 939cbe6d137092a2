"use client";

import { useState } from "react";
import { EditTypeBadge } from "@/components/edits/edit-type-badge";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Picture } from "@/components/ui/picture";
import { WordDiff } from "@/components/ui/word-diff";
import type { CandidateView, EditView } from "@/lib/api/contract/runs";
import type { Thresholds } from "@/lib/domain/run-config";
import { thresholdsFor } from "@/lib/domain/thresholds";
import { CandidateCard } from "./candidate-card";
import { DrawAgain } from "./draw-again";
import { drawWords, settingWords } from "./draw-words";
import { EditRegion } from "./edit-region";

interface EditRowProps {
  edit: EditView;
  thresholds: Thresholds;
  /** Whether candidates may still come. */
  drawing: boolean;
  onShow: (candidate: CandidateView) => void;
}

/** Candidates shown before a click shows the rest. */
const shownAtFirst = 6;

/** An edit: its anchor, its texts, and the candidates drawn for it, kept ones first. */
export function EditRow({ edit, thresholds: all, drawing, onShow }: EditRowProps) {
  const [unfolded, setUnfolded] = useState(false);
  const thresholds = thresholdsFor(all, edit.stage, edit.editType);
  const words = drawWords(edit);
  const settings = settingWords(edit);
  const candidates = [...edit.candidates].sort((a, b) => Number(b.selected) - Number(a.selected));
  const kept = candidates.filter(({ selected }) => selected).length;
  return (
    <article className="flex gap-5 rounded-xl border border-line bg-panel p-4">
      <figure className="w-28 shrink-0">
        <Picture
          image={edit.anchor.image}
          alt={`Anchor: ${edit.sourceCaption}`}
          width={112}
          className="aspect-square w-full rounded-md object-cover"
        />
        <figcaption className="mt-1 text-xs text-ink-soft">Anchor</figcaption>
      </figure>
      <div className="min-w-0 flex-1">
        <div className="flex flex-wrap items-center gap-2">
          <h3 className="font-semibold">{edit.instruction}</h3>
          <EditTypeBadge editType={edit.editType} />
          {edit.editObject && <span className="text-xs text-ink-soft">on: {edit.editObject}</span>}
          {edit.stage === "region" && edit.state !== "skipped" && <Badge tone="accent">in a region</Badge>}
          {edit.state === "skipped" && <Badge tone="warn">left out</Badge>}
          {edit.parentId && <Badge>sent back by a person</Badge>}
          {kept > 0 && <Badge tone="good">{kept} kept</Badge>}
        </div>
        <p className="mt-0.5 text-[13px] text-ink-soft">
          <WordDiff before={edit.sourceCaption} after={edit.targetCaption} />
        </p>
        {edit.error && (
          <p className={`mt-1 text-[13px] ${edit.state === "skipped" ? "text-warn" : "text-bad"}`}>
            {edit.error}
          </p>
        )}
        <EditRegion edit={edit} />
        {candidates.length === 0 && !edit.error && edit.state === "pending" && drawing && (
          <p className="mt-3 text-[13px] text-ink-soft">Waits for its candidates.</p>
        )}
        <ul className="mt-3 flex flex-wrap gap-3">
          {(unfolded ? candidates : candidates.slice(0, shownAtFirst)).map((candidate) => (
            <li key={candidate.id}>
              <CandidateCard
                candidate={candidate}
                instruction={edit.instruction}
                thresholds={thresholds}
                onShow={() => onShow(candidate)}
              />
            </li>
          ))}
        </ul>
        {edit.state !== "pending" && (
          <div className="mt-2 flex flex-wrap items-center gap-2">
            {words && <p className="text-xs text-ink-soft tabular-nums">{words}</p>}
            <DrawAgain edit={edit} />
          </div>
        )}
        {settings && <p className="mt-1 text-xs text-ink-soft tabular-nums">{settings}</p>}
        {candidates.length > shownAtFirst && (
          <Button size="small" look="quiet" className="mt-2" onClick={() => setUnfolded(!unfolded)}>
            {unfolded ? "Show fewer" : `Show all ${candidates.length} candidates`}
          </Button>
        )}
      </div>
    </article>
  );
}
