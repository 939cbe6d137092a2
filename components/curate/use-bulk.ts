import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useToasts } from "@/components/ui/toasts";
import { api } from "@/lib/api/client";
import { bulkSentence } from "./bulk-sentence";

/** Does an action on many samples and says how it went, with the way to take it back or to watch it. */
export function useBulk(onDone: () => void) {
  const toasts = useToasts();
  const queries = useQueryClient();
  const router = useRouter();
  const refresh = () => {
    void queries.invalidateQueries({ queryKey: api.curate.key() });
    void queries.invalidateQueries({ queryKey: api.samples.key() });
    void queries.invalidateQueries({ queryKey: ["embedding-map"] });
  };
  const undo = useMutation(
    api.curate.undoBulk.mutationOptions({
      onSuccess: (bulk) => {
        toasts.say(`Taken back: ${bulkSentence({ ...bulk, left: 0 })}`);
        refresh();
      },
      onError: (error) => toasts.complain(error),
    }),
  );
  return useMutation(
    api.curate.bulk.mutationOptions({
      onSuccess: (done) => {
        if (done.filter === null) {
          toasts.say(bulkSentence(done), { label: "Undo", run: () => undo.mutate({ id: done.id }) });
        } else {
          toasts.say("A worker goes through the samples now.", {
            label: "Watch",
            run: () => router.push("/samples?part=actions"),
          });
        }
        refresh();
        onDone();
      },
      onError: (error) => toasts.complain(error),
    }),
  );
}
