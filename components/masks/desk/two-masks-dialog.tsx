"use client";

import { type ReactNode, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import type { PictureImage } from "@/components/ui/picture";
import { Problem } from "@/components/ui/problem";
import type { MaskImage } from "@/lib/domain/image";
import { combineMasks } from "@/lib/domain/masks/combine-masks";
import { MaskThumbnail } from "./mask-thumbnail";

export type MaskChoice = "first" | "second" | "union" | "intersect";

interface Side {
  title: string;
  /** What its button says. */
  choose: string;
  label: string;
  mask: MaskImage;
}

interface TwoMasksDialogProps {
  title: string;
  children: ReactNode;
  /** What stands over the canvas when the choice is put off. */
  later: string;
  image: PictureImage;
  /** Null while they are fetched. */
  masks: { first: Side; second: Side } | null;
  /** Does what was chosen; a rejection is shown, and the choice stays open. */
  onChoose: (choice: MaskChoice) => Promise<void>;
  problem?: unknown;
}

const firstColor = [255, 61, 113] as const;
const secondColor = [34, 184, 255] as const;
const bothColor = [47, 227, 139] as const;

/** Two masks of one image, side by side and over each other, and what may become of them. */
export function TwoMasksDialog({ title, children, later, image, masks, ...props }: TwoMasksDialogProps) {
  const [putOff, setPutOff] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const shownProblem = problem ?? props.problem ?? null;

  const choose = async (choice: MaskChoice) => {
    setBusy(true);
    setProblem(null);
    try {
      await props.onChoose(choice);
    } catch (error) {
      setProblem(error);
    } finally {
      setBusy(false);
    }
  };
  const button = (choice: MaskChoice, label: string) => (
    <Button className="flex-1" disabled={!masks || busy} onClick={() => void choose(choice)}>
      {label}
    </Button>
  );
  return (
    <>
      {putOff && (
        <div className="absolute inset-x-3 top-3 z-10 flex items-center gap-3 rounded-lg border border-warn/50 bg-warn-soft px-4 py-2 text-warn shadow-lg">
          <p className="flex-1">{later}</p>
          <Button size="small" onClick={() => setPutOff(false)}>
            Choose
          </Button>
        </div>
      )}
      <Dialog title={title} open={!putOff} onClose={() => setPutOff(true)} wide>
        <p className="text-ink-soft">{children}</p>
        {shownProblem !== null && <Problem error={shownProblem} />}
        {masks ? (
          <div className="grid grid-cols-3 gap-3">
            <Column title={masks.first.title} footer={button("first", masks.first.choose)}>
              <MaskThumbnail
                image={image}
                layers={[{ mask: masks.first.mask, color: firstColor }]}
                label={masks.first.label}
              />
            </Column>
            <Column title={masks.second.title} footer={button("second", masks.second.choose)}>
              <MaskThumbnail
                image={image}
                layers={[{ mask: masks.second.mask, color: secondColor }]}
                label={masks.second.label}
              />
            </Column>
            <Column
              title="Both over each other"
              footer={[button("union", "Unite"), button("intersect", "Intersect")]}
            >
              <Overlay image={image} first={masks.first.mask} second={masks.second.mask} />
              <p className="text-xs text-ink-soft">Green: in both. Red: only left. Blue: only right.</p>
            </Column>
          </div>
        ) : (
          <div className="grid h-60 animate-pulse rounded-md bg-sunken" />
        )}
      </Dialog>
    </>
  );
}

function Column({ title, footer, children }: { title: string; footer: ReactNode; children: ReactNode }) {
  return (
    <div className="flex flex-col gap-2">
      <h3 className="font-medium">{title}</h3>
      {children}
      <div className="mt-auto flex gap-1.5">{footer}</div>
    </div>
  );
}

function Overlay({ image, first, second }: { image: PictureImage; first: MaskImage; second: MaskImage }) {
  const [layers] = useState(() => [
    { mask: combineMasks(first, second, "intersect"), color: bothColor },
    { mask: first, color: firstColor },
    { mask: second, color: secondColor },
  ]);
  return <MaskThumbnail image={image} layers={layers} label="Both over each other" />;
}
