import type { EditType } from "@/lib/domain/edit-types";
import type { SeedExample } from "@/lib/domain/instruction-records";
import type { Dimension, Scene } from "../grammar/caption-analysis";
import type { Category } from "../lexicon/categories";
import type { ModifierKind } from "../lexicon/modifiers";
import type { Noun } from "../lexicon/noun-lexicon";

/** What the seed did to its caption, and so what the template can do to another one. */
export type Change =
  /** The object gives way to another thing; `open` where any noun of the new thing's category will do. */
  | { readonly kind: "replace"; readonly words: string; readonly noun: Noun | null; readonly open: boolean }
  /** The object takes a colour; `fromOld` where the instruction names the present one. */
  | { readonly kind: "colour"; readonly fromOld: boolean }
  /** The object takes an adjective in place of one of its kind, if it has one. */
  | { readonly kind: "modifier"; readonly words: string; readonly modifierKind: ModifierKind }
  /** One becomes several: "two", "three". */
  | { readonly kind: "count"; readonly number: string }
  /** Words follow the object; "{thing}" in them is exchangeable. */
  | { readonly kind: "after-object"; readonly words: string; readonly thing: string | null }
  /** Words end the caption. */
  | { readonly kind: "end"; readonly words: string; readonly thing: string | null }
  /** Words begin the caption: "A watercolor painting of". */
  | { readonly kind: "start"; readonly words: string; readonly thing: string | null }
  /** The object goes. */
  | { readonly kind: "remove" }
  /** A phrase of the caption gives way to another of its group: "at dawn" to "at night". */
  | {
      readonly kind: "exchange";
      readonly group: string;
      readonly from: string;
      readonly to: string;
      readonly openTo: boolean;
    }
  /** What the object does changes: "sitting" to "lying". */
  | { readonly kind: "verb"; readonly from: string; readonly to: string };

/** A seed example with its object, new thing and colours taken out: a wording others can fill. */
export type Template = {
  readonly seed: SeedExample;
  readonly editType: EditType;
  readonly change: Change;
  /** With {object}, {new}, {old}, {colour}, {oldColour}, {thing}, {he}, {him}, {his}, {it}, {its}, {objects} to fill. */
  readonly instruction: string;
  /** The seed's object: null for changes of the whole caption. */
  readonly object: { readonly category: Category; readonly lemma: string; readonly plural: boolean } | null;
  /** Whether the instruction names the object; if not, only the same noun can take its place. */
  readonly namesObject: boolean;
  readonly scene: Scene;
  readonly dimensions: ReadonlySet<Dimension>;
};
