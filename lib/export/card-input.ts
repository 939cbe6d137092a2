import type { ExportCounts } from "./export-counts";
import type { CardFacts, ExportProfile, ImageEncoding } from "./export-types";
import type { DatasetConfig } from "./profile-writer";

/** What a dataset card is made of. */
export type CardInput = {
  facts: CardFacts;
  profile: ExportProfile;
  counts: ExportCounts;
  configs: DatasetConfig[];
  images: ImageEncoding;
};
