"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button } from "@/components/ui/button";
import { useToasts } from "@/components/ui/toasts";
import { api } from "@/lib/api/client";
import type { EditView } from "@/lib/api/contract/runs";

/** Draws an edit again as a new one, with the mask that people have drawn for it by now, if any. */
export function DrawAgain({ edit }: { edit: EditView }) {
  const toasts = useToasts();
  const queries = useQueryClient();
  const requeue = useMutation(
    api.runs.requeue.mutationOptions({
      onSuccess: () => {
        toasts.say("The edit is drawn again, as a new one at the top of the list.");
        void queries.invalidateQueries({ queryKey: api.runs.key() });
      },
      onError: (error) => toasts.complain(error),
    }),
  );
  return (
    <Button
      size="small"
      look="quiet"
      disabled={requeue.isPending}
      onClick={() => requeue.mutate({ editId: edit.id })}
    >
      Draw again
    </Button>
  );
}
