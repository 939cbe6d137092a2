"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { Action } from "@/components/actions/action";
import { ActionButton } from "@/components/actions/action-button";
import { Dialog } from "@/components/ui/dialog";
import { useToasts } from "@/components/ui/toasts";
import { api } from "@/lib/api/client";
import type { SeedView } from "@/lib/api/contract/seeds";
import { SeedForm } from "./seed-form";
import { SeedPicture } from "./seed-region";

interface SeedDialogProps {
  seed: SeedView | null;
  onClose: () => void;
  onRegion: (seed: SeedView) => void;
}

/** Changes a seed that is there already. */
export function SeedDialog({ seed, onClose, onRegion }: SeedDialogProps) {
  return (
    <Dialog title="Edit seed" open={seed !== null} onClose={onClose} wide>
      {seed && <SeedEditor key={seed.id} seed={seed} onClose={onClose} onRegion={onRegion} />}
    </Dialog>
  );
}

function SeedEditor({ seed, onClose, onRegion }: SeedDialogProps & { seed: SeedView }) {
  const toasts = useToasts();
  const [initial] = useState(() => {
    const { sourceCaption, instruction, targetCaption, editType } = seed;
    return { sourceCaption, instruction, targetCaption, editType };
  });
  const update = useMutation(
    api.seeds.update.mutationOptions({
      onSuccess: () => {
        toasts.say("Seed saved.");
        onClose();
      },
    }),
  );
  const region: Action = {
    id: "region",
    label: seed.region?.mask ? "Change region" : "Draw region",
    keys: ["Alt+r"],
    whileTyping: true,
    run: () => onRegion(seed),
  };
  return (
    <div className={seed.anchor ? "grid gap-6 md:grid-cols-[14rem_minmax(0,1fr)]" : undefined}>
      {seed.anchor && (
        <div className="flex flex-col items-start gap-2">
          <SeedPicture seed={seed} size={224} className="size-56" />
          <ActionButton action={region} size="small" />
        </div>
      )}
      <SeedForm
        initial={initial}
        seedId={seed.id}
        anchorId={seed.anchor?.id}
        saveLabel="Save"
        more={seed.anchor ? [region] : []}
        saving={update.isPending}
        error={update.error}
        onSave={(text) => update.mutate({ id: seed.id, version: seed.version, ...text })}
      />
    </div>
  );
}
