import { EditTypeBadge } from "@/components/edits/edit-type-badge";
import { PeopleAt } from "@/components/people/people-at";
import { Badge } from "@/components/ui/badge";
import { WordDiff } from "@/components/ui/word-diff";
import type { DeskItem } from "./review-queue";

const purposes = { adjudication: "Reviewers disagree", audit: "Audit" } as const;

/** The instruction that the pair is judged by, and how the caption changed. */
export function SampleText({ item: { sample, saving, mine, purpose, blind } }: { item: DeskItem }) {
  return (
    <section aria-label="Instruction" className="flex flex-col gap-1 bg-panel px-5 pt-3 pb-3.5">
      <div className="flex flex-wrap items-center gap-3">
        <p className="text-xl font-semibold tracking-tight" data-testid="instruction" data-sample={sample.id}>
          {sample.instruction}
        </p>
        <EditTypeBadge editType={sample.editType} />
        {purpose !== "review" && <Badge>{purposes[purpose]}</Badge>}
        {blind && <Badge>blind</Badge>}
        {sample.textRevision > 1 && <Badge>text revision {sample.textRevision}</Badge>}
        <PeopleAt subject={`sample:${sample.id}`} />
        {mine && (
          <Badge tone={mine === "approve" ? "good" : "bad"}>
            {mine === "approve" ? "approved" : "rejected"}
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
