"use client";

import { useQuery } from "@tanstack/react-query";
import { failureText } from "@/components/edits/failure-text";
import { Judgements } from "@/components/edits/judgements";
import { ScoreList } from "@/components/edits/score-list";
import { Badge } from "@/components/ui/badge";
import { Dialog } from "@/components/ui/dialog";
import { Picture } from "@/components/ui/picture";
import { WordDiff } from "@/components/ui/word-diff";
import { api } from "@/lib/api/client";
import type { CandidateView, EditView } from "@/lib/api/contract/runs";
import type { Thresholds } from "@/lib/domain/run-config";
import { thresholdsFor } from "@/lib/domain/thresholds";
import { MaskedPicture } from "./masked-picture";

export interface ShownCandidate {
  edit: EditView;
  candidate: CandidateView;
}

interface CandidateDialogProps {
  shown: ShownCandidate | null;
  thresholds: Thresholds;
  onClose: () => void;
}

/** One candidate large, with its scores against the bounds and why it was kept or not. */
export function CandidateDialog({ shown, thresholds, onClose }: CandidateDialogProps) {
  return (
    <Dialog title={shown?.edit.instruction ?? ""} open={shown !== null} onClose={onClose} wide>
      {shown && <CandidateDetail {...shown} thresholds={thresholds} />}
    </Dialog>
  );
}

const guides = {
  fine: "hard fine mask",
  contour: "hard contour",
  soft: "soft mask",
  human: "mask drawn by a person",
  box: "boxes",
} as const;

function CandidateDetail({ edit, candidate, thresholds: all }: ShownCandidate & { thresholds: Thresholds }) {
  const { source, target, scores, selected, failures, mask } = candidate;
  const thresholds = thresholdsFor(all, candidate.stage, edit.editType);
  const judgements = useQuery(api.judgements.ofCandidate.queryOptions({ input: { id: candidate.id } }));
  return (
    <>
      <div className={`grid gap-3 ${mask ? "grid-cols-4" : "grid-cols-3"}`}>
        {(
          [
            ["Anchor", edit.anchor.image],
            ["Source", source],
            ["Target", target],
          ] as const
        ).map(([name, image]) => (
          <figure key={name}>
            <Picture
              image={image}
              alt={name}
              className="aspect-square w-full rounded-lg object-contain"
              eager
            />
            <figcaption className="mt-1 text-xs text-ink-soft">{name}</figcaption>
          </figure>
        ))}
        {mask && (
          <figure>
            <MaskedPicture
              image={source}
              mask={mask.png}
              alt="The mask over the source"
              className="aspect-square w-full rounded-lg object-contain"
              eager
            />
            <figcaption className="mt-1 text-xs text-ink-soft">
              Guided by: {guides[mask.kind]}
              {mask.softness !== null && `, s = ${mask.softness}`}
            </figcaption>
          </figure>
        )}
      </div>
      <p>
        <WordDiff before={edit.sourceCaption} after={edit.targetCaption} />
      </p>
      <div className="grid gap-6 md:grid-cols-2">
        <div>
          <Badge tone={selected ? "good" : "plain"}>{selected ? "Kept as a sample" : "Not kept"}</Badge>
          <ul className="mt-2 flex flex-col gap-1 text-[13px]">
            {failures.map((failure) => (
              <li key={failure}>{failureText(failure, scores, thresholds)}</li>
            ))}
          </ul>
          <div className="mt-4">
            <Judgements query={judgements} instruction={edit.instruction} />
          </div>
        </div>
        <ScoreList scores={scores} thresholds={thresholds} />
      </div>
    </>
  );
}
