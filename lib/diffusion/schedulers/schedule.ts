/** The sampling of one image: its real steps, in order. All methods make new arrays. */
export interface Schedule {
  readonly timesteps: readonly number[];
  /** Clean latents at the noise level that step `i` starts from. */
  addNoise(clean: Float32Array, noise: Float32Array, i: number): Float32Array;
  /** Latents to start from without an image. */
  fromNoise(noise: Float32Array): Float32Array;
  /** Latents as the UNet wants them at step `i`. */
  modelInput(latents: Float32Array, i: number): Float32Array;
  /** Whether step `i` adds fresh noise. */
  needsNoise(i: number): boolean;
  /** Latents after step `i`; `noise` is standard normal, needed where `needsNoise(i)`. */
  step(latents: Float32Array, output: Float32Array, i: number, noise?: Float32Array): Float32Array;
}
