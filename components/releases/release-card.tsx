"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useRefusal } from "@/components/people/permission";
import { Button } from "@/components/ui/button";
import { ConfirmButton } from "@/components/ui/confirm-button";
import { formatCount, formatMoment } from "@/components/ui/format";
import { Panel } from "@/components/ui/panel";
import { useToasts } from "@/components/ui/toasts";
import { api } from "@/lib/api/client";
import type { ReleaseView } from "@/lib/api/contract/releases";
import { editTypeInfo } from "@/lib/domain/edit-types";
import { mayDeleteRelease } from "@/lib/domain/release-state";
import { ExportForm } from "./export-form";
import { ExportItem } from "./export-item";

export function ReleaseCard({ release }: { release: ReleaseView }) {
  const [exporting, setExporting] = useState(release.exports.length === 0);
  const refusal = useRefusal("curate");
  const toasts = useToasts();
  const remove = useMutation(
    api.releases.delete.mutationOptions({
      onSuccess: () => toasts.say(`“${release.name}” is deleted; its samples stay as they are.`),
      onError: (error) => toasts.complain(error),
    }),
  );
  const { states, editTypes, runIds } = release.filter;
  const filter = [
    states.map((state) => (state === "pending" ? "not reviewed" : state)).join(" and "),
    editTypes && `only ${editTypes.map((id) => editTypeInfo(id).label).join(", ")}`,
    runIds && `of ${runIds.length} ${runIds.length === 1 ? "run" : "runs"}`,
  ].filter(Boolean);
  return (
    <Panel>
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div>
          <h2 className="text-lg font-semibold">{release.name}</h2>
          <p className="text-[13px] text-ink-soft">
            {formatCount(release.count)} {release.count === 1 ? "sample" : "samples"}, {filter.join(", ")} ·
            frozen {formatMoment(release.createdAt)}
          </p>
        </div>
        {refusal === null && (
          <div className="flex flex-wrap gap-2">
            {!exporting && <Button onClick={() => setExporting(true)}>Export again</Button>}
            {mayDeleteRelease(release.exports.map(({ state }) => state)) && (
              <ConfirmButton
                question="No dataset was written of it. Delete it?"
                yes="Delete the release"
                disabled={remove.isPending}
                onConfirm={() => remove.mutate({ id: release.id })}
              >
                Delete…
              </ConfirmButton>
            )}
          </div>
        )}
      </div>
      {exporting && refusal === null && (
        <ExportForm
          releaseId={release.id}
          onStarted={() => setExporting(false)}
          {...(release.exports.length > 0 && { onCancel: () => setExporting(false) })}
        />
      )}
      {release.exports.length > 0 && (
        <ul className="mt-4 flex flex-col gap-4">
          {release.exports.map((item) => (
            <ExportItem key={item.id} item={item} total={release.count} />
          ))}
        </ul>
      )}
    </Panel>
  );
}
