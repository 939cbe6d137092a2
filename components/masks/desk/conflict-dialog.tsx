"use client";

import { useEffect, useState } from "react";
import type { MaskImage } from "@/lib/domain/image";
import { combineMasks } from "@/lib/domain/masks/combine-masks";
import { setAside } from "../sync/set-aside";
import type { DeskController, Shown } from "./desk-controller";
import { maskCodec } from "./mask-work";
import { type MaskChoice, TwoMasksDialog } from "./two-masks-dialog";
import { fetchMask } from "./use-layers";
import { useStoreState } from "./use-store";

interface Versions {
  mine: MaskImage;
  theirs: MaskImage;
}

/** Two people's versions of one mask. Nothing is written until one is chosen; what is not chosen goes into the history. */
export function ConflictDialog({ desk, shown }: { desk: DeskController; shown: Shown }) {
  const { sending } = useStoreState(shown.sync);
  const conflict = sending.kind === "conflict";
  const [versions, setVersions] = useState<Versions | null>(null);
  const [problem, setProblem] = useState<unknown>(null);

  // The server is the external system: the other's mask.
  useEffect(() => {
    if (!conflict) {
      setVersions(null);
      setProblem(null);
      return;
    }
    const aborter = new AbortController();
    const { image, mask } = shown.sync.region();
    const empty = () => ({ ...image, data: new Uint8Array(image.width * image.height) });
    Promise.resolve(mask ? fetchMask(mask, image, aborter.signal) : empty()).then(
      (other) => setVersions({ mine: desk.editor.getMask(), theirs: other }),
      (error: unknown) => !aborter.signal.aborted && setProblem(error),
    );
    return () => aborter.abort();
  }, [conflict, desk, shown]);

  if (!conflict) return null;
  const region = shown.sync.region();
  const choose = async (choice: MaskChoice) => {
    if (!versions) return;
    const { editor } = desk;
    if (choice === "first") return shown.sync.resolve({ same: false });
    // Theirs is a revision already.
    await setAside(region, editor.getMask(), maskCodec);
    if (choice === "second") {
      const png = await maskCodec.encode(copy(versions.theirs));
      editor.applyMask(versions.theirs, { label: "Their version", mode: "replace" });
      return shown.sync.resolve({ same: true, png });
    }
    editor.applyMask(combineMasks(editor.getMask(), versions.theirs, choice), {
      label: choice === "union" ? "Both together" : "What both have",
      mode: "replace",
    });
    shown.sync.resolve({ same: false });
  };
  const author = region.mask?.author;
  return (
    <TwoMasksDialog
      title="Two versions of this mask"
      later="There are two versions of this mask. Yours is kept on this computer until you choose."
      image={region.image}
      masks={
        versions && {
          first: { title: "Yours", choose: "Keep mine", label: "Your version", mask: versions.mine },
          second: {
            title: author ? `${author}’s` : "Theirs",
            choose: "Take theirs",
            label: "Their version",
            mask: versions.theirs,
          },
        }
      }
      onChoose={choose}
      problem={problem}
    >
      {author ? `${author} has` : "Somebody has"} saved this mask while you were drawing. Which one is to
      stand? The others stay in the version history.
    </TwoMasksDialog>
  );
}

function copy({ width, height, data }: MaskImage): MaskImage {
  return { width, height, data: data.slice() };
}
