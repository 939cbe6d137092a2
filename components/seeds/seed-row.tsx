"use client";

import { useMutation } from "@tanstack/react-query";
import { EditTypeBadge } from "@/components/edits/edit-type-badge";
import { Allowed } from "@/components/people/permission";
import { Button } from "@/components/ui/button";
import { useToasts } from "@/components/ui/toasts";
import { WordDiff } from "@/components/ui/word-diff";
import { api } from "@/lib/api/client";
import type { SeedView } from "@/lib/api/contract/seeds";
import { SeedPicture } from "./seed-region";

interface SeedRowProps {
  seed: SeedView;
  onEdit: () => void;
  onRegion: () => void;
}

export function SeedRow({ seed, onEdit, onRegion }: SeedRowProps) {
  const toasts = useToasts();
  const restore = useMutation(
    api.seeds.restore.mutationOptions({ onError: (error) => toasts.complain(error) }),
  );
  const archive = useMutation(
    api.seeds.archive.mutationOptions({
      onSuccess: () =>
        toasts.say("Seed archived: later runs do not use it.", {
          label: "Put it back",
          run: () => restore.mutate({ id: seed.id }),
        }),
      onError: (error) => toasts.complain(error),
    }),
  );
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1.5 px-4 py-2.5">
      <SeedPicture seed={seed} size={56} className="size-14" />
      <div className="min-w-0 flex-1 max-md:basis-[60%]">
        <p className="font-medium">{seed.instruction}</p>
        <p className="text-[13px] text-ink-soft">
          <WordDiff before={seed.sourceCaption} after={seed.targetCaption} />
        </p>
      </div>
      <div className="flex shrink-0 gap-1 max-md:w-full md:w-36 md:flex-col md:items-start">
        <EditTypeBadge editType={seed.editType} />
        <span className="text-xs text-ink-soft">
          {seed.starter ? "built-in example" : (seed.author ?? "unknown author")}
        </span>
      </div>
      <Allowed to="annotate">
        <div className="flex shrink-0 gap-1 max-md:w-full md:w-64 md:justify-end">
          {seed.anchor && (
            <Button
              size="small"
              look="quiet"
              onClick={onRegion}
              aria-label={`${seed.region?.mask ? "Change" : "Draw"} the region: ${seed.instruction}`}
            >
              {seed.region?.mask ? "Change region" : "Draw region"}
            </Button>
          )}
          <Button size="small" look="quiet" onClick={onEdit} aria-label={`Edit: ${seed.instruction}`}>
            Edit
          </Button>
          <Button
            size="small"
            look="quiet"
            disabled={archive.isPending}
            onClick={() => archive.mutate({ id: seed.id, version: seed.version })}
            aria-label={`Archive: ${seed.instruction}`}
          >
            Archive
          </Button>
        </div>
      </Allowed>
    </li>
  );
}
