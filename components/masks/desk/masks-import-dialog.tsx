"use client";

import { useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { errorText } from "@/components/ui/problem";
import { api } from "@/lib/api/client";
import type { MaskReport } from "@/lib/api/contract/masks";
import { maskDeskHref } from "../desk-links";
import { Check } from "./controls";

interface Report {
  imported: MaskReport["imported"];
  refused: MaskReport["refused"];
  left: number;
}

/** Reads many mask files, matched to images by their names, with a report of each that could not be used. */
export function MasksImportDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  return (
    <Dialog title="Import masks" open={open} onClose={onClose}>
      <Importer onClose={onClose} />
    </Dialog>
  );
}

function Importer({ onClose }: { onClose: () => void }) {
  const queries = useQueryClient();
  const [soft, setSoft] = useState(false);
  const [report, setReport] = useState<Report | null>(null);

  const send = async (files: File[]) => {
    let now: Report = { imported: [], refused: [], left: files.length };
    setReport(now);
    for (const file of files) {
      const answer = await sendMaskFile(file, soft);
      now = {
        imported: [...now.imported, ...answer.imported],
        refused: [...now.refused, ...answer.refused],
        left: now.left - 1,
      };
      setReport(now);
    }
    void queries.invalidateQueries({ queryKey: api.masks.key() });
  };

  return (
    <>
      <p className="text-[13px] text-ink-soft">
        PNG files named like their image (<code>sea.png</code> for <code>sea.jpg</code>), or COCO JSON with
        images and annotations. Each becomes a new version of its image’s mask; files that do not fit are
        listed and change nothing.
      </p>
      <Check label="Grey levels are softness" checked={soft} onChange={setSoft} />
      <label className="flex flex-col gap-1.5 text-[13px] font-medium">
        Files
        <input
          type="file"
          multiple
          accept="image/png,.json,application/json"
          disabled={report !== null && report.left > 0}
          onChange={({ target }) => void send([...(target.files ?? [])])}
          className="rounded-md border border-dashed border-line-strong/60 px-3 py-4 font-normal"
        />
      </label>
      {report && (
        <div role="status" className="text-[13px]">
          <p className="font-medium">
            {report.left > 0 ? `${report.left} to go. ` : ""}
            {report.imported.length} imported, {report.refused.length} refused
          </p>
          <ul className="mt-1.5 flex max-h-56 flex-col gap-1 overflow-y-auto">
            {report.refused.map(({ file, reason }) => (
              <li key={file} className="text-bad">
                <b className="font-medium">{file}</b>: {reason}
              </li>
            ))}
            {report.imported.map(({ file, regionId, note }) => (
              <li key={file}>
                <Link href={maskDeskHref({ regionId })} className="text-accent hover:underline">
                  {file}
                </Link>
                {note && <span className="text-ink-soft">: {note}</span>}
              </li>
            ))}
          </ul>
        </div>
      )}
      <div className="flex justify-end">
        <Button onClick={onClose}>Close</Button>
      </div>
    </>
  );
}

async function sendMaskFile(file: File, soft: boolean): Promise<MaskReport> {
  const query = new URLSearchParams({ file: file.name, ...(soft && { soft: "1" }) });
  try {
    const response = await fetch(`/api/masks/import?${query}`, { method: "POST", body: file });
    const answer = (await response.json()) as MaskReport | { message?: string };
    if ("imported" in answer) return answer;
    return {
      imported: [],
      refused: [{ file: file.name, reason: answer.message ?? `status ${response.status}` }],
    };
  } catch (error) {
    return { imported: [], refused: [{ file: file.name, reason: errorText(error) }] };
  }
}
