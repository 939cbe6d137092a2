import { UserError } from "@/lib/domain/errors";
import type { GeneratorManifest } from "@/lib/packs/manifest";
import type { GenerationRequest } from "./types";

/** @throws UserError naming the field of a request that the generator cannot do */
export function checkRequest(request: GenerationRequest, generator: GeneratorManifest): void {
  const [height, width] = request.size;
  const reject = (field: string, message: string): never => {
    throw new UserError("bad-input", message, field);
  };
  if (!generator.sizes.some(([h, w]) => h === height && w === width)) {
    const allowed = generator.sizes.map(([h, w]) => `${w}×${h}`).join(", ");
    reject("size", `size: the model pack makes images of ${allowed} pixels, not ${width}×${height}.`);
  }
  if (!Number.isSafeInteger(request.seed) || request.seed < 0) {
    reject("seed", "seed must be a whole number from 0 to 2^53 − 1.");
  }
  const { noiseSum } = request;
  const power = noiseSum?.reduce((sum, { weight }) => sum + weight ** 2, 0) ?? 1;
  if (!(Math.abs(power - 1) < 1e-3)) {
    reject("noiseSum", "noiseSum: the squares of the weights must add up to 1, or it is no noise.");
  }
  if (noiseSum?.some(({ seed }) => !Number.isSafeInteger(seed) || seed < 0)) {
    reject("noiseSum", "noiseSum: seeds must be whole numbers from 0 to 2^53 − 1.");
  }
  if (!Number.isFinite(request.guidance)) reject("guidance", "guidance must be a number.");
  for (const field of ["sourceCaption", "targetCaption"] as const) {
    if (request[field].trim() === "") reject(field, `${field} is empty.`);
  }
  if (request.control.localBlend && generator.unet.crossMapsResolution === undefined) {
    reject("control.localBlend", "control.localBlend: the model pack does not record attention maps.");
  }
  const { anchor, region } = request;
  if (anchor && (anchor.width !== width || anchor.height !== height)) {
    reject("anchor", `anchor is ${anchor.width}×${anchor.height} pixels, the render ${width}×${height}.`);
  }
  if (request.keepAnchor && !anchor) reject("keepAnchor", "keepAnchor: there is no anchor to keep.");
  if (!region) return;
  if (!anchor) reject("region", "A region needs an anchor to keep around it.");
  if (region.mask.width !== width || region.mask.height !== height) {
    reject(
      "region.mask",
      `The mask is ${region.mask.width}×${region.mask.height} pixels, the render ${width}×${height}.`,
    );
  }
  if (region.mask.data.every((level) => level === 0))
    reject("region.mask", "The mask is empty: nothing may change.");
}
