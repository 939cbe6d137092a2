/** A decoded image, or the promise of one. */
interface Entry {
  image: HTMLImageElement;
  ready: boolean;
  decoded: Promise<HTMLImageElement>;
}

export interface ImageCache {
  /** Fetches and decodes; resolves when the image can be drawn without a wait. */
  load(url: string): Promise<HTMLImageElement>;
  /** The image if it is decoded already. */
  peek(url: string): HTMLImageElement | null;
}

/** Images fetched and decoded ahead of their use. The least recently asked for leave first. */
export function createImageCache(capacity = 64): ImageCache {
  const entries = new Map<string, Entry>();

  function open(url: string): Entry {
    const image = new Image();
    image.decoding = "async";
    image.src = url;
    const entry: Entry = {
      image,
      ready: false,
      decoded: image.decode().then(
        () => {
          entry.ready = true;
          return image;
        },
        () => {
          // Asked for again, it is fetched again.
          entries.delete(url);
          throw new Error("The image could not be loaded.");
        },
      ),
    };
    // Whoever awaits it hears of a failure; a prefetch that nobody awaits must not.
    entry.decoded.catch(() => {});
    return entry;
  }

  return {
    load(url) {
      const entry = entries.get(url) ?? open(url);
      entries.delete(url);
      entries.set(url, entry);
      const oldest = entries.keys().next().value;
      if (entries.size > capacity && oldest !== undefined) entries.delete(oldest);
      return entry.decoded;
    },
    peek(url) {
      const entry = entries.get(url);
      return entry?.ready ? entry.image : null;
    },
  };
}
