import type { AnchorView } from "@/lib/api/contract/anchors";
import type { Prisma } from "../database/client";

export const anchorInclude = { image: true } satisfies Prisma.AnchorInclude;
type AnchorRow = Prisma.AnchorGetPayload<{ include: typeof anchorInclude }>;

export function presentImage(image: { sha256: string; width: number; height: number }) {
  return { sha256: image.sha256, width: image.width, height: image.height };
}

export function presentAnchor(row: AnchorRow): AnchorView {
  const {
    id,
    caption,
    otherCaptions,
    origin,
    fileName,
    licence,
    attribution,
    sourceUrl,
    turn,
    version,
    createdAt,
  } = row;
  return {
    id,
    image: presentImage(row.image),
    caption,
    otherCaptions,
    origin,
    fileName,
    licence,
    attribution,
    sourceUrl,
    turn,
    version,
    createdAt,
  };
}
