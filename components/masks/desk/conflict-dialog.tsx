"use client";

import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Problem } from "@/components/ui/problem";
import type { MaskImage } from "@/lib/domain/image";
import { combineMasks } from "@/lib/domain/masks/combine-masks";
import type { DeskController, Shown } from "./desk-controller";
import { MaskThumbnail } from "./mask-thumbnail";
import { maskCodec } from "./mask-work";
import { fetchMask } from "./use-layers";
import { useStoreState } from "./use-store";

const mineColor = [255, 61, 113] as const;
const theirsColor = [34, 184, 255] as const;
const bothColor = [47, 227, 139] as const;

interface Versions {
  mine: MaskImage;
  theirs: MaskImage;
}

/** Two versions of one mask, side by side, and what may become of them. Nothing is written until one is chosen. */
export function ConflictDialog({ desk, shown }: { desk: DeskController; shown: Shown }) {
  const { sending } = useStoreState(shown.sync);
  const conflict = sending.kind === "conflict";
  const [later, setLater] = useState(false);
  const [versions, setVersions] = useState<Versions | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const theirs = shown.sync.region();

  // The server is the external system: the other's mask.
  useEffect(() => {
    if (!conflict) {
      setVersions(null);
      setLater(false);
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
  const choose = async (how: "mine" | "theirs" | "union" | "intersect") => {
    if (!versions) return;
    const { editor } = desk;
    if (how === "mine") return shown.sync.resolve({ same: false });
    if (how === "theirs") {
      editor.applyMask(versions.theirs, { label: "Their version", mode: "replace" });
      return shown.sync.resolve({ same: true, png: await maskCodec.encode(copy(versions.theirs)) });
    }
    const merged = combineMasks(editor.getMask(), versions.theirs, how);
    editor.applyMask(merged, {
      label: how === "union" ? "Both together" : "What both have",
      mode: "replace",
    });
    shown.sync.resolve({ same: false });
  };
  const author = theirs.mask?.author;
  return (
    <>
      {later && (
        <div className="absolute inset-x-3 top-3 z-10 flex items-center gap-3 rounded-lg border border-warn/50 bg-warn-soft px-4 py-2 text-warn shadow-lg">
          <p className="flex-1">
            There are two versions of this mask. Yours is kept on this computer until you choose.
          </p>
          <Button size="small" onClick={() => setLater(false)}>
            Choose
          </Button>
        </div>
      )}
      <Dialog title="Two versions of this mask" open={!later} onClose={() => setLater(true)} wide>
        <p className="text-ink-soft">
          {author ? `${author} has` : "Somebody has"} saved this mask while you were drawing. Which one is to
          stand? The others stay in the version history.
        </p>
        {problem !== null && <Problem error={problem} />}
        <div className="grid grid-cols-3 gap-3">
          <Choice title="Yours" onChoose={() => void choose("mine")} label="Keep mine" disabled={!versions}>
            {versions && (
              <MaskThumbnail
                image={theirs.image}
                layers={[{ mask: versions.mine, color: mineColor }]}
                label="Your version"
              />
            )}
          </Choice>
          <Choice
            title={author ? `${author}’s` : "Theirs"}
            onChoose={() => void choose("theirs")}
            label="Take theirs"
            disabled={!versions}
          >
            {versions && (
              <MaskThumbnail
                image={theirs.image}
                layers={[{ mask: versions.theirs, color: theirsColor }]}
                label="Their version"
              />
            )}
          </Choice>
          <div className="flex flex-col gap-2">
            <h3 className="font-medium">Both over each other</h3>
            {versions ? <Both image={theirs.image} versions={versions} /> : <div className="h-44" />}
            <div className="flex gap-1.5">
              <Button className="flex-1" disabled={!versions} onClick={() => void choose("union")}>
                Unite
              </Button>
              <Button className="flex-1" disabled={!versions} onClick={() => void choose("intersect")}>
                Intersect
              </Button>
            </div>
            <p className="text-xs text-ink-soft">Green: in both. Red: only in yours. Blue: only in theirs.</p>
          </div>
        </div>
      </Dialog>
    </>
  );
}

function Choice(props: {
  title: string;
  label: string;
  disabled: boolean;
  onChoose: () => void;
  children: React.ReactNode;
}) {
  return (
    <div className="flex flex-col gap-2">
      <h3 className="font-medium">{props.title}</h3>
      {props.children || <div className="h-44 animate-pulse rounded-md bg-sunken" />}
      <Button disabled={props.disabled} onClick={props.onChoose}>
        {props.label}
      </Button>
    </div>
  );
}

function Both({
  image,
  versions: { mine, theirs },
}: {
  image: Parameters<typeof MaskThumbnail>[0]["image"];
  versions: Versions;
}) {
  const [layers] = useState(() => [
    { mask: combineMasks(mine, theirs, "intersect"), color: bothColor },
    { mask: mine, color: mineColor },
    { mask: theirs, color: theirsColor },
  ]);
  return <MaskThumbnail image={image} layers={layers} label="Both versions over each other" />;
}

function copy({ width, height, data }: MaskImage): MaskImage {
  return { width, height, data: data.slice() };
}
