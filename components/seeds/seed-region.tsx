import Link from "next/link";
import { maskDeskHref } from "@/components/masks/desk-links";
import { buttonClass } from "@/components/ui/button";
import { imageUrl, Picture } from "@/components/ui/picture";
import type { SeedView } from "@/lib/api/contract/seeds";

interface SeedPictureProps {
  seed: SeedView;
  /** CSS pixels of its longer side. */
  size: number;
  className: string;
}

/** A seed's image with its region, where one was drawn, in colour over it. */
export function SeedPicture({ seed, size, className }: SeedPictureProps) {
  if (!seed.anchor) return null;
  const mask = seed.region?.mask;
  const url = mask && `url("${imageUrl(mask.sha256, size * 2)}")`;
  return (
    <span className={`relative block shrink-0 overflow-hidden rounded-md ${className}`}>
      <Picture
        image={seed.anchor.image}
        alt={seed.anchor.caption}
        width={size}
        className="size-full object-cover"
      />
      {url && (
        <span
          role="img"
          aria-label="Region of the edit"
          className="absolute inset-0 bg-accent/60"
          // The mask's light is what shows, cut to the square like the picture.
          style={{
            maskImage: url,
            maskMode: "luminance",
            maskSize: "cover",
            maskPosition: "center",
            maskRepeat: "no-repeat",
          }}
        />
      )}
    </span>
  );
}

/** Opens the mask desk on a seed's image. */
export function RegionLink({ seed, small }: { seed: SeedView; small?: boolean }) {
  if (!seed.anchor) return null;
  const drawn = Boolean(seed.region?.mask);
  return (
    <Link
      href={maskDeskHref({ seedId: seed.id })}
      className={buttonClass(small ? { size: "small", look: "quiet" } : { size: "small" })}
      aria-label={`${drawn ? "Change" : "Draw"} the region: ${seed.instruction}`}
    >
      {drawn ? "Change region" : "Draw region"}
    </Link>
  );
}
