import { classNames } from "./class-names";

export interface PictureImage {
  sha256: string;
  width: number;
  height: number;
}

/** URL of an image of the store, or of its thumbnail `width` device pixels wide or wider. */
export function imageUrl(sha256: string, width?: number): string {
  return width ? `/api/images/${sha256}?w=${width}` : `/api/images/${sha256}`;
}

interface PictureProps {
  image: PictureImage;
  alt: string;
  /** CSS pixels it is shown at; picks the thumbnail. Absent: the full image. */
  width?: number;
  className?: string;
  /** Enlarged pixels stay crisp. */
  crisp?: boolean;
  eager?: boolean;
}

/** An image of the store that keeps its place while it loads. */
export function Picture({ image, alt, width, className, crisp, eager }: PictureProps) {
  return (
    // biome-ignore lint/performance/noImgElement: the store serves its own immutable thumbnails
    <img
      src={imageUrl(image.sha256, width && width * 2)}
      alt={alt}
      width={image.width}
      height={image.height}
      loading={eager ? "eager" : "lazy"}
      decoding="async"
      draggable={false}
      className={classNames("bg-sunken", crisp && "[image-rendering:pixelated]", className)}
    />
  );
}
