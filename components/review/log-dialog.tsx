"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { formatMoment } from "@/components/ui/format";
import { Problem } from "@/components/ui/problem";
import { Loading, Skeleton } from "@/components/ui/skeleton";
import { useToasts } from "@/components/ui/toasts";
import { WordDiff } from "@/components/ui/word-diff";
import { api, client } from "@/lib/api/client";
import type { DeskSample, LogEntry } from "@/lib/api/contract/review";

const kinds: Record<LogEntry["kind"], string> = {
  made: "Drawn and selected",
  claimed: "Took it for review",
  "given-back": "Gave it back",
  expired: "Hold ran out",
  approve: "Approved",
  reject: "Rejected",
  undo: "Took the decision back",
  text: "Changed the texts",
  mask: "Drew the mask",
  returned: "Sent it back",
  answered: "Put it back in the queue",
  regenerated: "Had it drawn again",
  gold: "Planted it as gold",
  "gold-retired": "Retired it as gold",
};

const purposes: Partial<Record<NonNullable<LogEntry["purpose"]>, string>> = {
  adjudication: "adjudication",
  audit: "audit",
  override: "overruling",
  gold: "gold",
};

interface LogDialogProps {
  sample: DeskSample;
  labelOf: (reason: string) => string;
  onRestored: (sample: DeskSample) => void;
  onClose: () => void;
}

/** Everything that happened to a sample; earlier texts and masks can be brought back. */
export function LogDialog({ sample, labelOf, onRestored, onClose }: LogDialogProps) {
  const toasts = useToasts();
  const queries = useQueryClient();
  // What happened a moment ago is what people open it for.
  const log = useQuery(api.review.log.queryOptions({ input: { id: sample.id }, staleTime: 0 }));
  const { id, textRevision, maskRevision } = sample;
  const restore = async (request: Promise<DeskSample>) => {
    try {
      onRestored(await request);
      await queries.invalidateQueries({ queryKey: api.review.log.key() });
    } catch (error) {
      toasts.complain(error);
    }
  };
  return (
    <Dialog title="What happened to this sample" open onClose={onClose} wide>
      {log.isPending && (
        <Loading label="Loading the log">
          <Skeleton className="h-40" />
        </Loading>
      )}
      {log.error && <Problem error={log.error} onRetry={() => void log.refetch()} />}
      <ol className="flex flex-col gap-3">
        {log.data?.map((entry) => (
          <li key={entry.id} className="grid grid-cols-[8.5rem_1fr_auto] items-baseline gap-3">
            <time dateTime={entry.at.toISOString()} className="text-[13px] text-ink-soft tabular-nums">
              {formatMoment(entry.at)}
            </time>
            <div>
              <p className={entry.undone ? "line-through opacity-70" : ""}>
                {entry.who && <span className="font-medium">{entry.who}: </span>}
                {kinds[entry.kind]}
                {entry.purpose && purposes[entry.purpose] && ` (${purposes[entry.purpose]})`}
                {entry.reasons.length > 0 && `: ${entry.reasons.map(labelOf).join(", ")}`}
              </p>
              {entry.note && <p className="text-[13px] text-ink-soft">{entry.note}</p>}
              {entry.texts && (
                <p className="text-[13px] text-ink-soft">
                  “{entry.texts.instruction}”{" "}
                  <WordDiff before={entry.texts.sourceCaption} after={entry.texts.targetCaption} />
                </p>
              )}
            </div>
            <div className="flex flex-col items-end gap-1">
              {entry.texts && entry.revision !== null && (
                <Restore
                  what="texts"
                  current={entry.revision === textRevision}
                  onRestore={() =>
                    restore(client.review.restoreTexts({ id, textRevision, revision: entry.revision! }))
                  }
                />
              )}
              {entry.mask && (
                <Restore
                  what="mask"
                  current={entry.mask.current}
                  onRestore={() =>
                    restore(client.review.restoreMask({ id, maskRevision, maskId: entry.mask!.id }))
                  }
                />
              )}
            </div>
          </li>
        ))}
      </ol>
    </Dialog>
  );
}

interface RestoreProps {
  what: "texts" | "mask";
  current: boolean;
  onRestore: () => Promise<void>;
}

function Restore({ what, current, onRestore }: RestoreProps) {
  if (current) return <span className="text-[13px] text-ink-soft">{what} as now</span>;
  return (
    <Button size="small" onClick={() => void onRestore()}>
      Restore the {what}
    </Button>
  );
}
