import type { MaskImage } from "@/lib/domain/image";
import type { RgbaImage } from "@/lib/domain/masks/flood-fill";
import type { MaskOperation } from "@/lib/domain/masks/mask-operation";

/** What the page asks of the worker. Requests are answered in order; `cancel` drops one that has not begun. */
export type WorkerRequest =
  | {
      readonly kind: "run";
      readonly id: number;
      readonly mask: MaskImage;
      readonly operation: MaskOperation;
      readonly other?: MaskImage;
      /** Whether a coarse result is wanted first. */
      readonly preview: boolean;
    }
  | { readonly kind: "cancel"; readonly id: number }
  /** The picture that operations may look at from now on: pixels, or a file to decode when it is first needed. */
  | { readonly kind: "picture"; readonly picture: RgbaImage | Blob | null };

/** What the worker answers: any number of previews, then one of the others. */
export type WorkerAnswer =
  | { readonly id: number; readonly kind: "preview" | "done"; readonly mask: MaskImage }
  | { readonly id: number; readonly kind: "cancelled" }
  | { readonly id: number; readonly kind: "failed"; readonly message: string };
