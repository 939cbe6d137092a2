"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { countOf, formatCount, formatMoment } from "@/components/ui/format";
import { Problem } from "@/components/ui/problem";
import { api } from "@/lib/api/client";
import type { ImportView } from "@/lib/api/contract/anchors";
import { noteText } from "@/lib/domain/import-note";

const tones = { queued: "plain", running: "accent", succeeded: "good", failed: "bad" } as const;
const words = { queued: "waiting", running: "importing", succeeded: "done", failed: "failed" } as const;

/** The latest import and its report; older ones on request. */
export function RecentImports() {
  const [all, setAll] = useState(false);
  const [report, setReport] = useState<ImportView | null>(null);
  const imports = useQuery(api.imports.list.queryOptions({ input: { limit: 20 } }));
  const items = imports.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <section aria-label="Imports" className="mb-6 rounded-lg border border-line bg-panel">
      <ul className="divide-y divide-line">
        {(all ? items : items.slice(0, 1)).map((item) => (
          <li key={item.id} className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2.5">
            <Badge tone={tones[item.state]}>{words[item.state]}</Badge>
            <span className="min-w-0 truncate font-medium">{item.source}</span>
            <span className="text-[13px] text-ink-soft tabular-nums">
              {formatCount(item.added)} added
              {item.duplicates > 0 && `, ${countOf(item.duplicates, "duplicate")}`}
              {item.refused > 0 && `, ${formatCount(item.refused)} refused`}
            </span>
            {item.message && <span className="text-[13px] text-bad">{item.message}</span>}
            <span className="ml-auto text-xs text-ink-soft">{formatMoment(item.createdAt)}</span>
            {item.state === "succeeded" && (
              <Button size="small" look="quiet" onClick={() => setReport(item)}>
                Report
              </Button>
            )}
          </li>
        ))}
      </ul>
      {items.length > 1 && (
        <Button size="small" look="quiet" className="m-1" onClick={() => setAll(!all)}>
          {all ? "Only the latest import" : `All ${items.length} imports`}
        </Button>
      )}
      <Dialog
        title={`Report: ${report?.source ?? ""}`}
        open={report !== null}
        onClose={() => setReport(null)}
        wide
      >
        {report && <Report item={report} />}
      </Dialog>
    </section>
  );
}

function Report({ item }: { item: ImportView }) {
  const notes = useQuery(api.imports.notes.queryOptions({ input: { id: item.id, limit: 200 } }));
  if (notes.isError) return <Problem error={notes.error} onRetry={() => notes.refetch()} />;
  return (
    <>
      <p>
        {formatCount(item.added)} added, {countOf(item.duplicates, "duplicate")}, {formatCount(item.refused)}{" "}
        refused.
      </p>
      {notes.data?.items.length === 0 && <p className="text-ink-soft">Nothing was refused or changed.</p>}
      <ul className="flex max-h-[50vh] flex-col gap-2 overflow-y-auto">
        {notes.data?.items.map((note) => (
          <li key={note.id} className="flex items-baseline gap-3">
            <Badge tone={note.refused ? "bad" : "plain"}>{note.refused ? "refused" : "note"}</Badge>
            <span>{noteText(note)}</span>
          </li>
        ))}
      </ul>
      {notes.data?.nextCursor && (
        <p className="text-[13px] text-ink-soft">
          The first 200 are shown; `npx pentimento import` prints all of them.
        </p>
      )}
    </>
  );
}
