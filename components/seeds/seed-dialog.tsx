"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { Dialog } from "@/components/ui/dialog";
import { Picture } from "@/components/ui/picture";
import { useToasts } from "@/components/ui/toasts";
import { api } from "@/lib/api/client";
import type { SeedView } from "@/lib/api/contract/seeds";
import { SeedForm } from "./seed-form";

/** Changes a seed that is there already. */
export function SeedDialog({ seed, onClose }: { seed: SeedView | null; onClose: () => void }) {
  return (
    <Dialog title="Edit seed" open={seed !== null} onClose={onClose} wide>
      {seed && <SeedEditor key={seed.id} seed={seed} onClose={onClose} />}
    </Dialog>
  );
}

function SeedEditor({ seed, onClose }: { seed: SeedView; onClose: () => void }) {
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
  return (
    <div className={seed.anchor ? "grid gap-6 md:grid-cols-[14rem_minmax(0,1fr)]" : undefined}>
      {seed.anchor && (
        <Picture
          image={seed.anchor.image}
          alt={seed.anchor.caption}
          width={224}
          className="w-full rounded-lg object-contain"
        />
      )}
      <SeedForm
        initial={initial}
        saveLabel="Save"
        saving={update.isPending}
        error={update.error}
        onSave={(text) => update.mutate({ id: seed.id, version: seed.version, ...text })}
      />
    </div>
  );
}
