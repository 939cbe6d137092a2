import { useMutation, useQueryClient } from "@tanstack/react-query";
import { formatCount } from "@/components/ui/format";
import { useToasts } from "@/components/ui/toasts";
import { api } from "@/lib/api/client";

/** What is stale once anchors came or went. */
function useRefresh() {
  const queries = useQueryClient();
  return () =>
    Promise.all(
      [api.chains.key(), api.curate.key(), api.anchors.key()].map((queryKey) =>
        queries.invalidateQueries({ queryKey }),
      ),
    );
}

/** Takes back what was sent on together, and says what had to stay. */
export function useUndoTurn() {
  const toasts = useToasts();
  const refresh = useRefresh();
  return useMutation(
    api.chains.undo.mutationOptions({
      onSuccess: ({ removed, kept }) => {
        void refresh();
        const stays = kept > 0 ? ` ${formatCount(kept)} stay: a run, a seed or a mask is about them.` : "";
        toasts.say(`${pictures(removed)} taken back.${stays}`);
      },
      onError: (error) => toasts.complain(error),
    }),
  );
}

/** Sends samples on to their next turn and says how it went, with the way to take it back. */
export function useStartTurn(onDone: () => void) {
  const toasts = useToasts();
  const refresh = useRefresh();
  const undo = useUndoTurn();
  return useMutation(
    api.chains.start.mutationOptions({
      onSuccess: ({ importId, started, refused }) => {
        void refresh();
        onDone();
        const not =
          refused.length > 0 ? ` ${formatCount(refused.length)} could not: ${refused[0]?.reason}` : "";
        toasts.say(
          `${pictures(started)} can take another turn.${not}`,
          importId ? { label: "Undo", run: () => undo.mutate({ importId }) } : undefined,
        );
      },
    }),
  );
}

function pictures(count: number): string {
  return count === 1 ? "1 picture" : `${formatCount(count)} pictures`;
}
