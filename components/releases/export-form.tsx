"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Field, Select } from "@/components/ui/field";
import { Problem } from "@/components/ui/problem";
import { api } from "@/lib/api/client";
import { type ExportView, exportFormats } from "@/lib/api/contract/releases";
import { formatInfo } from "./export-formats";

interface ExportFormProps {
  releaseId: string;
  onStarted: () => void;
  onCancel?: () => void;
}

/** Chooses how a release is written. */
export function ExportForm({ releaseId, onStarted, onCancel }: ExportFormProps) {
  const [format, setFormat] = useState<ExportView["format"]>("parquet");
  const [imageFormat, setImageFormat] = useState<"png" | "jpeg">("png");
  const [preferences, setPreferences] = useState(false);
  const start = useMutation(api.releases.export.mutationOptions({ onSuccess: onStarted }));
  return (
    <form
      className="mt-4 flex flex-col gap-2 rounded-lg bg-sunken/60 p-4"
      onSubmit={(event) => {
        event.preventDefault();
        start.mutate({
          id: releaseId,
          format,
          options: { imageFormat, preferences: preferences && format === "parquet" },
        });
      }}
    >
      <div className="grid items-start gap-4 sm:grid-cols-[1fr_1fr_auto]">
        <Field label="Format" hint={formatInfo[format].description}>
          {(ids) => (
            <Select
              {...ids}
              value={format}
              onChange={({ target }) => setFormat(target.value as ExportView["format"])}
            >
              {exportFormats.map((id) => (
                <option key={id} value={id}>
                  {formatInfo[id].label}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field
          label="Images"
          hint={imageFormat === "png" ? "Every pixel as it was made." : "About a tenth of the size."}
        >
          {(ids) => (
            <Select
              {...ids}
              value={imageFormat}
              onChange={({ target }) => setImageFormat(target.value as "png" | "jpeg")}
            >
              <option value="png">PNG, lossless</option>
              <option value="jpeg">JPEG, quality 95</option>
            </Select>
          )}
        </Field>
        <div className="flex gap-2 sm:pt-[1.4rem]">
          <Button type="submit" look="primary" disabled={start.isPending}>
            Export
          </Button>
          {onCancel && (
            <Button look="quiet" onClick={onCancel}>
              Not now
            </Button>
          )}
        </div>
      </div>
      {format === "parquet" && (
        <label className="flex w-fit cursor-pointer items-center gap-2 text-[13px]">
          <input
            type="checkbox"
            className="size-4 accent-accent"
            checked={preferences}
            onChange={({ target }) => setPreferences(target.checked)}
          />
          Also preference pairs: rejected targets beside the chosen one of the same source
        </label>
      )}
      {start.isError && <Problem error={start.error} />}
    </form>
  );
}
