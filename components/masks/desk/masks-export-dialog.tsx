"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Button, buttonClass } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { countOf } from "@/components/ui/format";
import { Problem } from "@/components/ui/problem";
import { api } from "@/lib/api/client";
import type { MaskFormat } from "@/lib/api/contract/masks";
import { Segments } from "./controls";

const choices: readonly { value: MaskFormat; label: string }[] = [
  { value: "coco-compressed", label: "COCO RLE" },
  { value: "coco", label: "COCO RLE, plain" },
  { value: "polygon", label: "COCO polygons" },
  { value: "png", label: "PNG files" },
];

const hints: Record<MaskFormat, string> = {
  "coco-compressed": "One COCO file, its run lengths as pycocotools writes them.",
  coco: "One COCO file, its run lengths as numbers.",
  polygon: "One COCO file of outlines.",
  png: "One ZIP archive of 8-bit grey PNGs, named after their images: “Import masks” takes them back.",
};

/** All masks as one file, after saying what the format leaves out. */
export function MasksExportDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const [format, setFormat] = useState<MaskFormat>("coco-compressed");
  const notes = useQuery(api.masks.exportNotes.queryOptions({ input: { format }, enabled: open }));
  return (
    <Dialog title="Export masks" open={open} onClose={onClose}>
      <Segments label="Format" choices={choices} value={format} onChange={setFormat} />
      <div role="status" className="min-h-16 text-[13px]">
        {notes.isError && <Problem error={notes.error} />}
        {notes.data && (
          <>
            <p className="font-medium">{countOf(notes.data.masks, "mask")}</p>
            {notes.data.notes.map((note) => (
              <p key={note} className="text-warn">
                {note}
              </p>
            ))}
            {notes.data.notes.length === 0 && (
              <p className="text-ink-soft">Nothing is lost: what is read back is each mask to the pixel.</p>
            )}
            <p className="text-ink-soft">{hints[format]}</p>
          </>
        )}
      </div>
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Close</Button>
        <a href={`/api/masks/export?format=${format}`} download className={buttonClass({ look: "primary" })}>
          Download {format === "png" ? "ZIP" : "JSON"}
        </a>
      </div>
    </Dialog>
  );
}
