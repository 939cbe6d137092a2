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
  return (
    <span className={`relative block shrink-0 overflow-hidden rounded-md ${className}`}>
      <Picture
        image={seed.anchor.image}
        alt={seed.anchor.caption}
        width={size}
        className="size-full object-cover"
      />
      {mask && <RegionOverlay url={imageUrl(mask.sha256, size * 2)} fit="cover" />}
    </span>
  );
}

/** A mask in colour over the picture that fills the same box. */
export function RegionOverlay({ url, fit }: { url: string; fit: "cover" | "contain" }) {
  return (
    <span
      role="img"
      aria-label="Region of the edit"
      className="pointer-events-none absolute inset-0 bg-accent/60"
      // The mask's light is what shows, cut like the picture.
      style={{
        maskImage: `url("${url}")`,
        maskMode: "luminance",
        maskSize: fit,
        maskPosition: "center",
        maskRepeat: "no-repeat",
      }}
    />
  );
}
