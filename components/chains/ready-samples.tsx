"use client";

import Link from "next/link";
import { useState } from "react";
import { SampleList } from "@/components/curate/sample-list";
import { EditTypeSelect } from "@/components/edits/edit-type-select";
import { buttonClass } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import type { EditType } from "@/lib/domain/edit-types";
import { NextTurnBar } from "./next-turn-bar";
import { readyFilter } from "./ready-filter";

/** The approved samples that do not go on yet, to choose those that shall. */
export function ReadySamples() {
  const [editType, setEditType] = useState<EditType | null>(null);
  return (
    <>
      <div className="mb-3 flex flex-wrap items-center gap-3">
        <EditTypeSelect className="max-w-48" value={editType} onChange={setEditType} />
        <p className="text-ink-soft">
          Choose by the boxes, with Shift a whole row of them, then start their next turn below.
        </p>
      </div>
      <SampleList
        key={editType}
        filter={{ ...readyFilter, ...(editType && { editType }) }}
        bar={(target, onDone) => <NextTurnBar target={target} onDone={onDone} />}
        empty={
          <EmptyState
            title="No approved sample can go on"
            actions={
              <Link href="/review" className={buttonClass({ look: "primary" })}>
                Review
              </Link>
            }
          >
            Approve some: each approved sample that has no next turn yet stands here.
          </EmptyState>
        }
      />
    </>
  );
}
