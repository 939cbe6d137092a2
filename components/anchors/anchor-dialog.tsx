"use client";

import { useMutation } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import { Allowed, useRefusal } from "@/components/people/permission";
import { Button, buttonClass } from "@/components/ui/button";
import { ConfirmButton } from "@/components/ui/confirm-button";
import { Dialog } from "@/components/ui/dialog";
import { Field, TextArea } from "@/components/ui/field";
import { Picture } from "@/components/ui/picture";
import { errorText } from "@/components/ui/problem";
import { useToasts } from "@/components/ui/toasts";
import { api } from "@/lib/api/client";
import type { AnchorView } from "@/lib/api/contract/anchors";
import { captionRules, firstError, inspectText } from "@/lib/domain/captions";

interface AnchorDialogProps {
  anchor: AnchorView | null;
  /** Its neighbours in the list; null at an end. */
  previous: AnchorView | null;
  next: AnchorView | null;
  /** Shows another one; null closes. */
  onShow: (anchor: AnchorView | null) => void;
}

/** One anchor large, with what is known of it; its caption can be written here, one anchor after the other. */
export function AnchorDialog({ anchor, ...rest }: AnchorDialogProps) {
  return (
    <Dialog title={anchor?.fileName ?? ""} open={anchor !== null} onClose={() => rest.onShow(null)} wide>
      {anchor && <AnchorDetail key={anchor.id} anchor={anchor} {...rest} />}
    </Dialog>
  );
}

function AnchorDetail({
  anchor,
  previous,
  next,
  onShow,
}: Omit<AnchorDialogProps, "anchor"> & { anchor: AnchorView }) {
  const toasts = useToasts();
  const refusal = useRefusal("annotate");
  const [caption, setCaption] = useState(anchor.caption);
  const [tried, setTried] = useState(false);
  const wrong = firstError(inspectText(caption, captionRules).problems)?.message ?? null;
  const update = useMutation(
    api.anchors.update.mutationOptions({
      onSuccess: () => {
        toasts.say("Caption saved.");
        onShow(next);
      },
    }),
  );
  const changed = caption.trim() !== anchor.caption;
  const save = () => {
    setTried(true);
    if (refusal === null && changed && wrong === null && !update.isPending)
      update.mutate({ id, version, caption });
  };
  const withdraw = useMutation(
    api.anchors.withdraw.mutationOptions({
      onSuccess: () => {
        toasts.say("Anchor withdrawn: it leaves lists, runs and later releases.");
        onShow(null);
      },
      onError: (error) => toasts.complain(error),
    }),
  );
  const { id, version } = anchor;
  return (
    <div className="grid gap-6 md:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
      <Picture
        image={anchor.image}
        alt={anchor.caption || anchor.fileName}
        className="max-h-[65vh] w-full rounded-lg object-contain"
        eager
      />
      <form
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
          event.preventDefault();
          save();
        }}
      >
        <Field
          label="Caption"
          hint="What the image shows, in 3 to 60 words. Ctrl+Enter saves and goes on."
          error={update.isError ? errorText(update.error) : tried && changed ? wrong : null}
        >
          {(ids) => (
            <TextArea
              {...ids}
              rows={4}
              value={caption}
              onChange={(event) => setCaption(event.target.value)}
              onBlur={() => setTried(caption.trim() !== "")}
              readOnly={refusal !== null}
              autoFocus
            />
          )}
        </Field>
        {refusal && <p className="text-[13px] text-ink-soft">{refusal}</p>}
        <div className="flex flex-wrap gap-2">
          <Button type="submit" look="primary" disabled={refusal !== null || update.isPending || !changed}>
            {next ? "Save and go on" : "Save caption"}
          </Button>
          {anchor.caption && refusal === null && (
            <Link href={`/seeds/new?anchor=${id}`} className={buttonClass({})}>
              Write a seed on it
            </Link>
          )}
        </div>
        <div className="flex gap-2">
          <Button size="small" disabled={!previous} onClick={() => onShow(previous)}>
            ‹ Previous
          </Button>
          <Button size="small" disabled={!next} onClick={() => onShow(next)}>
            Next ›
          </Button>
        </div>
        <Facts anchor={anchor} />
        <Allowed to="curate">
          <div className="mt-auto border-t border-line pt-4">
            <ConfirmButton
              size="small"
              question="Take it out of lists and later releases?"
              yes="Withdraw"
              disabled={withdraw.isPending}
              onConfirm={() => withdraw.mutate({ id, version })}
            >
              Withdraw…
            </ConfirmButton>
          </div>
        </Allowed>
      </form>
    </div>
  );
}

function Facts({ anchor }: { anchor: AnchorView }) {
  const facts: [string, string | null][] = [
    ["Size", `${anchor.image.width} × ${anchor.image.height} px`],
    ["Licence", anchor.licence ?? "not stated"],
    ["Attribution", anchor.attribution],
    ["Source", anchor.sourceUrl],
    ["SHA-256", anchor.image.sha256.slice(0, 16)],
  ];
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-[13px]">
      {facts.map(
        ([name, value]) =>
          value && (
            <div key={name} className="col-span-2 grid grid-cols-subgrid">
              <dt className="text-ink-soft">{name}</dt>
              <dd className="min-w-0 break-words">{value}</dd>
            </div>
          ),
      )}
      {anchor.otherCaptions.length > 0 && (
        <div className="col-span-2 mt-2">
          <dt className="text-ink-soft">Other captions</dt>
          <dd>
            <ul className="list-disc pl-5">
              {anchor.otherCaptions.map((caption) => (
                <li key={caption}>{caption}</li>
              ))}
            </ul>
          </dd>
        </div>
      )}
    </dl>
  );
}
