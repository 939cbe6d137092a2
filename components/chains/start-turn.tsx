"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { Button } from "@/components/ui/button";
import { formatCount } from "@/components/ui/format";
import { useToasts } from "@/components/ui/toasts";
import { api } from "@/lib/api/client";

/** Makes anchors of the targets of all approved samples that do not go on yet. */
export function StartTurn() {
  const router = useRouter();
  const queries = useQueryClient();
  const toasts = useToasts();
  const start = useMutation(
    api.chains.start.mutationOptions({
      onSuccess: async ({ started, refused }) => {
        await queries.invalidateQueries({ queryKey: api.chains.key() });
        const not =
          refused.length > 0 ? ` ${formatCount(refused.length)} could not: ${refused[0]?.reason}` : "";
        toasts.say(`${formatCount(started)} pictures can take another turn.${not}`, {
          label: "New run",
          run: () => router.push("/runs/new"),
        });
      },
      onError: (error) => toasts.complain(error),
    }),
  );
  return (
    <Button look="primary" disabled={start.isPending} onClick={() => start.mutate({})}>
      {start.isPending ? "Starting…" : "Start next turn from approved samples"}
    </Button>
  );
}
