/** Lets work through while the pixels it needs fit the budget; the rest waits its turn. */
export type PixelBudget = <T>(pixels: number, work: () => Promise<T>) => Promise<T>;

/**
 * Bounds the pixels that are decoded at once, whatever the number of workers: several images at the size limit would
 * otherwise need gigabytes. Work larger than the whole budget runs alone. First come, first served.
 */
export function pixelBudget(total: number): PixelBudget {
  let used = 0;
  const waiting: { pixels: number; start: () => void }[] = [];

  const fits = (pixels: number) => used === 0 || used + pixels <= total;
  const admit = () => {
    for (let next = waiting[0]; next && fits(next.pixels); next = waiting[0]) {
      waiting.shift();
      used += next.pixels;
      next.start();
    }
  };

  return async (pixels, work) => {
    await new Promise<void>((start) => {
      waiting.push({ pixels, start });
      admit();
    });
    try {
      return await work();
    } finally {
      used -= pixels;
      admit();
    }
  };
}
