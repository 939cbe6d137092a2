import { EditTypeBadge } from "@/components/edits/edit-type-badge";
import { Badge } from "@/components/ui/badge";
import { WordDiff } from "@/components/ui/word-diff";
import type { DeskItem } from "./review-queue";

/** The instruction that the pair is judged by, and how the caption changed. */
export function SampleText({ item: { sample, saving } }: { item: DeskItem }) {
  return (
    <section aria-label="Instruction" className="flex flex-col gap-1 bg-panel px-5 pt-3 pb-3.5">
      <div className="flex flex-wrap items-center gap-3">
        <p className="text-xl font-semibold tracking-tight" data-testid="instruction">
          {sample.instruction}
        </p>
        <EditTypeBadge editType={sample.editType} />
        {sample.state !== "pending" && (
          <Badge tone={sample.state === "approved" ? "good" : "bad"}>
            {sample.state}
            {saving && ", saving"}
          </Badge>
        )}
      </div>
      <p className="text-ink-soft">
        <WordDiff before={sample.sourceCaption} after={sample.targetCaption} />
      </p>
    </section>
  );
}
