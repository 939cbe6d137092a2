const counts = new Intl.NumberFormat("en");

/** `1,200`. */
export function formatCount(value: number): string {
  return counts.format(value);
}

/** `1 sample`, `1,200 samples`. */
export function countOf(value: number, one: string, many = `${one}s`): string {
  return `${formatCount(value)} ${value === 1 ? one : many}`;
}
