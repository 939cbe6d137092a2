import { createHash } from "node:crypto";
import { boundedCache } from "@/lib/domain/bounded-cache";
import type { RgbImage } from "@/lib/domain/image";
import type { GeneratorManifest } from "@/lib/packs/manifest";
import { outputOf } from "@/lib/packs/model";
import type { Pack } from "@/lib/packs/open-pack";
import { pixelsToTensor, tensorToPixels } from "./pixels";

export interface LatentCodec {
  /** UNet latents [C,h,w] of an image. */
  encode(image: RgbImage): Promise<Float32Array>;
  /** Image of UNet latents [C,h,w]. */
  decode(latents: Float32Array, height: number, width: number): Promise<RgbImage>;
}

const rememberedImages = 64;

/** The VAE of a generator. Images go through one by one, so none depends on what it came with. */
export function openLatentCodec(pack: Pack, { vae }: GeneratorManifest): LatentCodec {
  const remember = boundedCache<Float32Array>(rememberedImages);
  return {
    encode(image) {
      const key = `${image.width}x${image.height} ${createHash("sha256").update(image.data).digest("base64")}`;
      return remember(key, async () => {
        const model = await pack.model(vae.encoder);
        const mean = outputOf(model, await model.run({ pixels: pixelsToTensor(image) }), "mean").data;
        return mean.map((value) => (value - vae.shiftFactor) * vae.scalingFactor);
      });
    },
    async decode(latents, height, width) {
      const model = await pack.model(vae.decoder);
      const raw = latents.map((value) => value / vae.scalingFactor + vae.shiftFactor);
      const dims = [1, vae.latentChannels, height / vae.factor, width / vae.factor];
      return tensorToPixels(outputOf(model, await model.run({ latents: { data: raw, dims } }), "pixels"));
    },
  };
}
