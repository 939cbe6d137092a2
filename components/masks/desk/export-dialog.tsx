"use client";

import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { formatBytes } from "@/components/ui/format";
import { Problem } from "@/components/ui/problem";
import type { FormatLoss, MaskFileFormat } from "../files/file-protocol";
import { askMaskFiles } from "../files/mask-files";
import type { DeskController } from "./desk-controller";

const formats: readonly { id: MaskFileFormat; label: string; hint: string; ending: string }[] = [
  { id: "png", label: "PNG", hint: "8-bit grey, every level exact", ending: "png" },
  { id: "coco-compressed", label: "COCO RLE, compressed", hint: "As pycocotools writes it", ending: "json" },
  { id: "coco", label: "COCO RLE, plain", hint: "Run lengths as numbers", ending: "json" },
  { id: "polygon", label: "COCO polygons", hint: "Outlines, simplified", ending: "json" },
];

interface ExportDialogProps {
  desk: DeskController;
  open: boolean;
  onClose: () => void;
}

/** Writes the mask on screen to a file, after saying what the format leaves out. */
export function ExportDialog({ desk, open, onClose }: ExportDialogProps) {
  return (
    <Dialog title="Export this mask" open={open} onClose={onClose}>
      <Formats desk={desk} onDone={onClose} />
    </Dialog>
  );
}

function Formats({ desk, onDone }: { desk: DeskController; onDone: () => void }) {
  const [format, setFormat] = useState<MaskFileFormat>("png");
  const [loss, setLoss] = useState<FormatLoss | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const choice = formats.find(({ id }) => id === format)!;
  const { region } = desk.shown().sitting;

  // The worker that tries the format out is the external system.
  useEffect(() => {
    let stale = false;
    setLoss(null);
    setProblem(null);
    const mask = desk.editor.getMask();
    askMaskFiles({ kind: "loss", mask, format }, [mask.data.buffer as ArrayBuffer]).then(
      (answer) => !stale && setLoss(answer),
      (error: unknown) => !stale && setProblem(error),
    );
    return () => {
      stale = true;
    };
  }, [desk, format]);

  const save = async () => {
    try {
      const mask = desk.editor.getMask();
      const { body } = await askMaskFiles({ kind: "write", mask, format }, [mask.data.buffer as ArrayBuffer]);
      const name = (region.fileName ?? region.id).replace(/\.[^.]+$/, "");
      download(body, `${name}.mask.${choice.ending}`, format === "png" ? "image/png" : "application/json");
      onDone();
    } catch (error) {
      setProblem(error);
    }
  };

  return (
    <>
      <fieldset className="flex flex-col gap-1">
        <legend className="sr-only">Format</legend>
        {formats.map(({ id, label, hint }) => (
          <label
            key={id}
            className="flex items-center gap-2.5 rounded-md border border-line px-3 py-1.5 has-checked:border-accent has-checked:bg-accent-soft"
          >
            <input
              type="radio"
              name="format"
              checked={format === id}
              onChange={() => setFormat(id)}
              className="accent-accent"
            />
            <span className="font-medium">{label}</span>
            <span className="text-[13px] text-ink-soft">{hint}</span>
          </label>
        ))}
      </fieldset>
      <div role="status" className="min-h-12 text-[13px]">
        {problem !== null && <Problem error={problem} />}
        {loss && <Losses loss={loss} format={format} />}
        {!loss && problem === null && <span className="text-ink-soft">Trying it out…</span>}
      </div>
      <div className="flex justify-end gap-2">
        <Button onClick={onDone}>Cancel</Button>
        <Button look="primary" disabled={!loss} onClick={() => void save()}>
          Save as {choice.ending.toUpperCase()}
        </Button>
      </div>
    </>
  );
}

function Losses({ loss, format }: { loss: FormatLoss; format: MaskFileFormat }) {
  const lost = loss.softPixels > 0;
  return (
    <>
      {lost && (
        <p className="text-warn">
          This mask is soft, and this format is not: {loss.softPixels.toLocaleString("en")} pixels with levels
          between 0 and 255 become fully in (128 and above) or out. PNG keeps them.
        </p>
      )}
      {format === "polygon" && (
        <p className={loss.iou < 0.99 ? "text-warn" : "text-ink-soft"}>
          Outlines are simplified: what comes back overlaps with the mask by{" "}
          {(Math.floor(loss.iou * 10_000) / 100).toFixed(2)} % (IoU). Holes are joined to their outline by a
          cut of no width.
        </p>
      )}
      {!lost && format !== "polygon" && (
        <p className="text-ink-soft">Nothing is lost: what is read back is this mask to the pixel.</p>
      )}
      <p className="text-ink-soft">{formatBytes(loss.bytes)}</p>
    </>
  );
}

function download(body: Uint8Array<ArrayBuffer> | string, name: string, type: string): void {
  const address = URL.createObjectURL(new Blob([body], { type }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
