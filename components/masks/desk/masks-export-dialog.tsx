"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Button, buttonClass } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { formatCount } from "@/components/ui/format";
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
            <p className="font-medium">{formatCount(notes.data.masks)} masks</p>
            {notes.data.notes.map((note) => (
              <p key={note} className="text-warn">
                {note}
              </p>
            ))}
            {format === "png" && (
              <p>
                PNG files are written to a folder by the command line:{" "}
                <code className="rounded bg-sunken px-1 py-0.5">
                  npx pentimento masks export &lt;folder&gt; --format png
                </code>
              </p>
            )}
          </>
        )}
      </div>
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Close</Button>
        {format !== "png" && (
          <a
            href={`/api/masks/export?format=${format}`}
            download
            className={buttonClass({ look: "primary" })}
          >
            Download
          </a>
        )}
      </div>
    </Dialog>
  );
}
