"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import { useShortcuts } from "@/components/actions/use-shortcuts";
import { Allowed, useRefusal } from "@/components/people/permission";
import { Button, buttonClass } from "@/components/ui/button";
import { formatCount } from "@/components/ui/format";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { Progress } from "@/components/ui/progress";
import { api } from "@/lib/api/client";
import { maskQueueHref } from "../desk-links";
import { EnqueueDialog } from "./enqueue-dialog";
import { MasksExportDialog } from "./masks-export-dialog";
import { MasksImportDialog } from "./masks-import-dialog";
import { RegionList } from "./region-list";
import { UnsentNotice } from "./unsent-notice";
import { paceParts } from "./use-pace";

type Open = "enqueue" | "import" | "export" | null;

/** All regions: how far they are, the way into the queue, and masks in and out. */
export function MasksPage() {
  const [open, setOpen] = useState<Open>(null);
  const progress = useQuery(api.masks.progress.queryOptions({ input: {} }));
  const { open: waiting = 0, done = 0, skipped = 0 } = progress.data ?? {};
  const all = waiting + done + skipped;
  const draws = useRefusal("annotate") === null;
  useShortcuts([
    {
      id: "fill-queue",
      label: "Fill the mask queue",
      keys: [],
      enabled: draws,
      run: () => setOpen("enqueue"),
    },
    { id: "import-masks", label: "Import masks", keys: [], enabled: draws, run: () => setOpen("import") },
    { id: "export-masks", label: "Export masks", keys: [], enabled: all > 0, run: () => setOpen("export") },
  ]);
  return (
    <Page>
      <PageHeader
        title="Masks"
        actions={
          <>
            <Allowed to="annotate">
              <Button onClick={() => setOpen("import")}>Import masks</Button>
            </Allowed>
            <Button onClick={() => setOpen("export")} disabled={all === 0}>
              Export masks
            </Button>
            <Allowed to="annotate">
              <Button onClick={() => setOpen("enqueue")}>Fill the queue</Button>
              {waiting > 0 && (
                <Link href={maskQueueHref()} className={buttonClass({ look: "primary" })}>
                  Draw the next
                </Link>
              )}
            </Allowed>
          </>
        }
      >
        Where an edit may change its image. White may change, black stays.
      </PageHeader>
      <UnsentNotice />
      {progress.data && all > 0 && (
        <section aria-label="Progress" className="mb-6 rounded-xl border border-line bg-panel p-5">
          <Progress value={(done + skipped) / all} label="Regions finished or skipped" tone="good" />
          <p className="mt-2.5 text-[13px] text-ink-soft tabular-nums">
            {paceParts(progress.data).join(" · ")}
            {skipped > 0 && ` · ${formatCount(skipped)} skipped`}
          </p>
        </section>
      )}
      <RegionList onEnqueue={() => setOpen("enqueue")} />
      <EnqueueDialog open={open === "enqueue"} onClose={() => setOpen(null)} />
      <MasksImportDialog open={open === "import"} onClose={() => setOpen(null)} />
      <MasksExportDialog open={open === "export"} onClose={() => setOpen(null)} />
    </Page>
  );
}
