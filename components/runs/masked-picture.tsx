import { imageUrl, Picture, type PictureImage } from "@/components/ui/picture";

interface MaskedPictureProps {
  image: PictureImage;
  /** 8-bit mask of the same extent; white = may change. Absent: the bare picture. */
  mask?: PictureImage | null | undefined;
  alt: string;
  width?: number;
  className?: string;
  eager?: boolean;
}

/** A picture with its mask laid over it in colour, as strong as the mask is. */
export function MaskedPicture({ image, mask, className, ...picture }: MaskedPictureProps) {
  const url = mask ? `url("${imageUrl(mask.sha256)}")` : "";
  return (
    <span className="relative block">
      <Picture image={image} className={className ?? ""} {...picture} />
      {mask && (
        <span
          aria-hidden
          className={`pointer-events-none absolute inset-0 !bg-[oklch(0.65_0.25_340)] opacity-60 ${className ?? ""}`}
          style={{
            maskImage: url,
            maskMode: "luminance",
            maskSize: "100% 100%",
            maskRepeat: "no-repeat",
          }}
        />
      )}
    </span>
  );
}
