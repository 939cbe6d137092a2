"use client";

import Link from "next/link";
import { useState } from "react";
import { maskDeskHref } from "@/components/masks/desk-links";
import { buttonClass } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import type { EditView } from "@/lib/api/contract/runs";
import { MaskedPicture } from "./masked-picture";

const maskNames = {
  fine: "Fine mask",
  box: "Boxes",
  contour: "Contour",
  soft: "Soft mask",
  human: "Drawn by a person",
} as const;

/** What Stage III recognised of an edit: what it looked for, what it found, and the masks that came of it. */
export function EditRegion({ edit }: { edit: EditView }) {
  const { region, masks } = edit;
  const [shown, setShown] = useState<string | null>(null);
  if (!region) return null;
  const softs = edit.candidates.flatMap(({ mask }) => (mask?.kind === "soft" ? [mask] : []));
  const soft = softs.at(-1);
  const all = soft ? [...masks, soft] : masks;
  const mask = all.find(({ kind }) => kind === (shown ?? all[0]?.kind));
  const used = region.boxes.filter((box) => box.used);
  return (
    <div className="mt-2 flex flex-wrap gap-4 rounded-lg bg-sunken/60 p-3 text-[13px]">
      {mask && (
        <MaskedPicture
          // A soft mask is laid over what it repainted: the render, which is the anchor's crop.
          image={edit.candidates[0]?.source ?? edit.anchor.image}
          mask={mask.png}
          alt={`${maskNames[mask.kind]} over the picture`}
          width={128}
          className="size-32 rounded object-cover"
        />
      )}
      <div className="flex min-w-60 flex-1 flex-col gap-1">
        {region.problem && <p className="text-warn">No region: {region.problem.reason}</p>}
        {region.origin === "human" && <p>The mask was drawn by a person.</p>}
        {region.origin === "whole-image" && <p>The whole picture may change.</p>}
        {region.choice && region.choice.reason !== region.problem?.reason && (
          <p>
            {region.choice.reason} <span className="text-ink-soft">(chosen by {region.choice.chooser})</span>
          </p>
        )}
        {used.length > 0 && (
          <p className="text-ink-soft tabular-nums">
            Found {used.map(({ query, score }) => `${query} (${score.toFixed(2)})`).join(", ")}
            {region.boxes.length > used.length && ` and ${region.boxes.length - used.length} weaker`}
            {region.area !== null && ` · ${(100 * region.area).toFixed(1)} % of the picture`}
            {region.fragments !== null && region.fragments > 1 && ` in ${region.fragments} pieces`}
          </p>
        )}
        {region.tags.length > 0 && (
          <p className="text-ink-soft">Tags: {region.tags.map(({ tag }) => tag).join(", ")}</p>
        )}
        <div className="mt-1 flex flex-wrap items-center gap-1.5">
          {all.map(({ kind }) => (
            <button
              key={kind}
              type="button"
              aria-pressed={kind === mask?.kind}
              onClick={() => setShown(kind)}
              className={classNames(
                "rounded-md border px-2 py-0.5 text-xs",
                kind === mask?.kind
                  ? "border-accent bg-accent-soft text-accent"
                  : "border-line hover:border-line-strong",
              )}
            >
              {kind === "soft" && soft?.softness !== null
                ? `${maskNames[kind]}, s = ${soft?.softness}`
                : maskNames[kind]}
            </button>
          ))}
          <Link
            href={maskDeskHref({ editId: edit.id })}
            className={buttonClass({ size: "small", look: "quiet" })}
          >
            {masks.length > 0 ? "Redraw the mask" : "Draw a mask"}
          </Link>
        </div>
      </div>
    </div>
  );
}
