"use client";

import { useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";

/** Files or a whole folder, by drop or by dialog. */
export function UploadArea({ disabled, onFiles }: { disabled: boolean; onFiles: (files: File[]) => void }) {
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const take = (list: FileList | null) => {
    const visible = [...(list ?? [])].filter((file) => !file.name.startsWith("."));
    if (visible.length > 0) onFiles(visible);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping has the two buttons inside as its equal
    <div
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        if (!disabled) take(event.dataTransfer.files);
      }}
      className={classNames(
        "flex flex-col items-center gap-3 rounded-lg border border-dashed px-6 py-10",
        over ? "border-accent bg-accent-soft" : "border-line-strong/60",
      )}
    >
      <p className="text-ink-soft">Drop images here, with or without a list of captions</p>
      <div className="flex gap-2">
        <Button autoFocus disabled={disabled} onClick={() => files.current?.click()}>
          Choose files
        </Button>
        <Button disabled={disabled} onClick={() => folder.current?.click()}>
          Choose a folder
        </Button>
      </div>
      <input
        ref={files}
        type="file"
        multiple
        hidden
        aria-label="Files"
        onChange={(event) => take(event.target.files)}
      />
      {/* React knows no `webkitdirectory`, so it is set as a plain attribute. */}
      <input
        ref={folder}
        type="file"
        multiple
        hidden
        aria-label="Folder"
        {...{ webkitdirectory: "" }}
        onChange={(event) => take(event.target.files)}
      />
    </div>
  );
}
