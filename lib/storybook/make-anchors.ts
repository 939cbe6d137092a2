import sharp from "sharp";
import { captionsOf } from "./captions";
import { hashWords } from "./random";
import { checkedSize, renderScene } from "./render-scene";
import { type SampleOptions, sampleScene } from "./sample-scene";
import type { Scene } from "./scene";

export interface StorybookAnchor {
  /** PNG file bytes. */
  readonly png: Buffer;
  readonly caption: string;
  /** Other wordings; the first is `caption`. */
  readonly captions: string[];
  readonly scene: Scene;
}

/** Pictures with captions to start a project from; anchor i depends on (seed, i) only. */
export async function* makeStorybookAnchors(
  count: number,
  seed: number,
  options: SampleOptions & { readonly size?: number } = {},
): AsyncGenerator<StorybookAnchor> {
  const size = checkedSize(options.size ?? 256);
  for (let i = 0; i < count; i++) {
    const scene = sampleScene(hashWords(seed, i), options);
    const pixels = await renderScene(scene, size);
    const png = await sharp(pixels, { raw: { width: size, height: size, channels: 3 } })
      .png()
      .toBuffer();
    const captions = captionsOf(scene);
    yield { png, caption: captions[0]!, captions, scene };
  }
}
