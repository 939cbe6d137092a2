"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Problem } from "@/components/ui/problem";
import type { CombineMode } from "@/lib/domain/masks/combine-masks";
import { askMaskFiles } from "../files/mask-files";
import { Check, Segments } from "./controls";
import type { DeskController } from "./desk-controller";

interface ImportDialogProps {
  desk: DeskController;
  open: boolean;
  onClose: () => void;
}

/** Reads a mask from a file into the mask on screen, as one step that can be undone. */
export function ImportDialog({ desk, open, onClose }: ImportDialogProps) {
  return (
    <Dialog title="Import a mask" open={open} onClose={onClose}>
      <Reader desk={desk} onDone={onClose} />
    </Dialog>
  );
}

function Reader({ desk, onDone }: { desk: DeskController; onDone: () => void }) {
  const [mode, setMode] = useState<CombineMode>("replace");
  const [soft, setSoft] = useState(true);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const { width, height } = desk.editor.size;

  const read = async (file: File) => {
    setBusy(true);
    setProblem(null);
    const { shown } = desk;
    const before = shown();
    try {
      const mask = await askMaskFiles({ kind: "read", file, name: file.name, width, height, soft });
      if (shown() !== before) return;
      desk.editor.applyMask(mask, { label: `Import ${file.name}`, mode });
      onDone();
    } catch (error) {
      setProblem(error);
    } finally {
      setBusy(false);
    }
  };

  return (
    <>
      <p className="text-[13px] text-ink-soft">
        A black-and-white image of {width} × {height} pixels, or JSON with a COCO segmentation (run lengths or
        polygons). Nothing changes if the file does not fit.
      </p>
      <div className="flex flex-wrap items-center gap-4">
        <Segments
          label="What the file does to the mask"
          choices={[
            { value: "replace", label: "Replace" },
            { value: "union", label: "Add" },
            { value: "subtract", label: "Subtract" },
            { value: "intersect", label: "Intersect" },
          ]}
          value={mode}
          onChange={setMode}
        />
        <Check
          label="Grey levels are softness"
          title="Otherwise a file with grey levels is refused"
          checked={soft}
          onChange={setSoft}
        />
      </div>
      <label className="flex flex-col gap-1.5 text-[13px] font-medium">
        File
        <input
          type="file"
          accept="image/*,.json,application/json"
          disabled={busy}
          onChange={({ target }) => {
            const [file] = target.files ?? [];
            if (file) void read(file);
            target.value = "";
          }}
          className="rounded-md border border-dashed border-line-strong/60 px-3 py-4 font-normal"
        />
      </label>
      {busy && <p role="status">Reading…</p>}
      {problem !== null && <Problem error={problem} />}
      <div className="flex justify-end">
        <Button onClick={onDone}>Cancel</Button>
      </div>
    </>
  );
}
