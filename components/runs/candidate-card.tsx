import { failureText } from "@/components/edits/failure-text";
import { classNames } from "@/components/ui/class-names";
import { Picture } from "@/components/ui/picture";
import type { CandidateView } from "@/lib/api/contract/runs";
import type { Thresholds } from "@/lib/domain/run-config";

interface CandidateCardProps {
  candidate: CandidateView;
  instruction: string;
  thresholds: Thresholds;
  /** More of its edit are still to come, so that nothing is said of one that passes. */
  pending?: boolean;
  onShow: () => void;
}

/** A pair as a small card with what became of it. */
export function CandidateCard({ candidate, instruction, thresholds, pending, onShow }: CandidateCardProps) {
  const { source, target, selected, failures, scores } = candidate;
  const [first, ...others] = failures;
  const verdict = selected
    ? "Kept"
    : first
      ? failureText(first, scores, thresholds)
      : pending
        ? "Passed so far"
        : "Not kept";
  return (
    <button
      type="button"
      onClick={onShow}
      title={
        selected ? verdict : failures.map((failure) => failureText(failure, scores, thresholds)).join("\n")
      }
      className={classNames(
        "flex w-54 flex-col gap-1 rounded-lg border p-1.5 text-left hover:border-line-strong",
        selected ? "border-good bg-good-soft/40" : "border-line",
      )}
    >
      <span className={classNames("grid grid-cols-2 gap-1", !selected && "opacity-80")}>
        <Picture
          image={source}
          alt="Source"
          width={100}
          className="aspect-square w-full rounded object-cover"
        />
        <Picture
          image={target}
          alt={`Target: ${instruction}`}
          width={100}
          className="aspect-square w-full rounded object-cover"
        />
      </span>
      <span className={classNames("line-clamp-2 text-xs", selected ? "text-good" : "text-ink-soft")}>
        {verdict}
        {others.length > 0 && `, and ${others.length} more`}
      </span>
    </button>
  );
}
