import { imageUrl } from "@/components/ui/picture";
import { client } from "@/lib/api/client";
import type { RegionView } from "@/lib/api/contract/masks";
import type { MaskQueueFilter } from "../desk-links";
import { prepareImage } from "../engine/prepare-image";
import { closeSitting, openSitting, type Sitting } from "../sync/open-sitting";
import { afterPaint } from "./after-paint";
import { maskCodec } from "./mask-work";
import { createRegionSupply, type RegionSupply } from "./region-supply";

/** Where the desk's regions come from: one that was asked for, or the queue of those that wait. */
export type DeskSource =
  | { kind: "one"; load: () => Promise<RegionView> }
  | { kind: "queue"; filter: MaskQueueFilter };

/** A desk that lies over another page, for one region of that page's. */
export interface InlineDesk {
  /** What closing leads back to, for the button. */
  backLabel: string;
  close(): void;
  /** The region is finished, as the server has it now. */
  finished(region: RegionView): void;
  /** SHA-256 of the mask to begin with where nobody has drawn yet; it has the image's size. */
  startMask?: string | undefined;
}

/** Makes the supply of a desk. `session` names the page that leases. */
export function createSupply(source: DeskSource, session: string): RegionSupply<Sitting> {
  let given = false;
  return createRegionSupply<Sitting>({
    async next(exclude, limit, takeOver) {
      if (source.kind === "queue") {
        return client.masks.next({ session, exclude, limit, takeOver, ...source.filter });
      }
      if (given) return { items: [], leaseSeconds, elsewhere: 0 };
      const region = await source.load();
      given = true;
      // Whoever has it now is told of; two may still draw, and are asked at the second save.
      const { id } = region;
      const claimed = await client.masks
        .claim({ id, session })
        .catch(() => client.masks.get({ id, session }))
        .catch(() => region);
      return { items: [claimed], leaseSeconds, elsewhere: 0 };
    },
    open(region, signal) {
      void warmSegmenter(region);
      return open(region, signal);
    },
    close: closeSitting,
    claim: (id) => client.masks.claim({ id, session, takeOver: true }),
    renew: (ids) => client.masks.renew({ session, ids }),
    release: (ids) => client.masks.release({ session, ids }),
    afterPaint,
  });
}

let segments: { until: number; available: boolean } | null = null;
const askAgainMs = 30_000;

/** Has an image's embedding made before the first click, where somebody can make it. */
async function warmSegmenter({ image }: RegionView): Promise<void> {
  try {
    if (!segments || segments.until < Date.now()) {
      const { available } = await client.interactive.status({});
      segments = { until: Date.now() + askAgainMs, available };
    }
    if (segments.available) await client.interactive.encode({ imageSha: image.sha256 });
  } catch {
    // A click makes the embedding itself, and says what is wrong.
  }
}

/** The server's own length, for a region that no queue handed out. */
const leaseSeconds = 90;

/** Fetches and decodes what a region's desk shows. */
export function open(region: RegionView, signal?: AbortSignal): Promise<Sitting> {
  return openSitting(region, { codec: maskCodec, prepareImage, imageUrl, now: () => Date.now() }, signal);
}
