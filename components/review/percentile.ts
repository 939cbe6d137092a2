interface Histogram {
  min: number;
  max: number;
  bins: readonly number[];
}

/** Share of the histogram's values that lie below `value`, in percent; within a bin values are taken as evenly spread. */
export function percentileIn({ min, max, bins }: Histogram, value: number): number {
  const total = bins.reduce((sum, count) => sum + count, 0);
  if (total === 0 || max === min) return 50;
  const place = Math.min(bins.length, Math.max(0, ((value - min) / (max - min)) * bins.length));
  const whole = Math.floor(place);
  const below =
    bins.slice(0, whole).reduce((sum, count) => sum + count, 0) + (bins[whole] ?? 0) * (place - whole);
  return (100 * below) / total;
}
