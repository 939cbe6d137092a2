"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type ReactNode, useState } from "react";
import { Allowed } from "@/components/people/permission";
import { Button, type ButtonLook } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Problem } from "@/components/ui/problem";
import { useToasts } from "@/components/ui/toasts";
import { api, type client } from "@/lib/api/client";
import { maskQueueHref } from "./desk-links";
import { queuedSentence } from "./queued-sentence";

interface QueueMasksProps extends ButtonLook {
  /** What is put into the queue. */
  request: Parameters<typeof client.masks.enqueue>[0];
  /** The same in a sentence, with how many they are where that is known. */
  children: ReactNode;
  onDone?: () => void;
}

/** A button that fills the mask queue with what is listed or chosen beside it, after a yes. */
export function QueueMasks({ request, children, onDone, ...look }: QueueMasksProps) {
  const [asked, setAsked] = useState(false);
  const toasts = useToasts();
  const queries = useQueryClient();
  const router = useRouter();
  const enqueue = useMutation(
    api.masks.enqueue.mutationOptions({
      onSuccess: ({ added }) => {
        void queries.invalidateQueries({ queryKey: api.masks.key() });
        setAsked(false);
        onDone?.();
        toasts.say(queuedSentence(added), {
          label: "Draw the next",
          run: () => router.push(maskQueueHref({ kind: request.kind })),
        });
      },
    }),
  );
  return (
    <Allowed to="annotate">
      <Button {...look} onClick={() => setAsked(true)}>
        Draw masks…
      </Button>
      <Dialog title="Put them into the mask queue?" open={asked} onClose={() => setAsked(false)}>
        <p>{children}</p>
        <p className="text-[13px] text-ink-soft">Regions that are there already stay as they are.</p>
        {enqueue.isError && <Problem error={enqueue.error} />}
        <div className="flex justify-end gap-2">
          <Button onClick={() => setAsked(false)}>Cancel</Button>
          <Button look="primary" disabled={enqueue.isPending} onClick={() => enqueue.mutate(request)}>
            {enqueue.isPending ? "Adding…" : "Add to the queue"}
          </Button>
        </div>
      </Dialog>
    </Allowed>
  );
}
