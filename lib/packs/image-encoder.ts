import type { PackManifest } from "./manifest";

/** The encoder by which a pack tells which images look alike. */
export interface ImageEncoder {
  readonly model: "clip" | "selfSupervised";
  /** Names the weights, so that vectors of different ones are told apart: pack, hash of the file, role. */
  readonly id: string;
}

/** The self-supervised encoder where there is one: CLIP's looks at what is there more than at how it looks. */
export function imageEncoderOf({ name, files, selfSupervised, clip }: PackManifest): ImageEncoder | null {
  const model = selfSupervised ? "selfSupervised" : clip ? "clip" : null;
  const file = selfSupervised?.file ?? clip?.image;
  if (!model || !file) return null;
  return { model, id: `${name}/${files[file]?.sha256.slice(0, 12)}/${model}` };
}
