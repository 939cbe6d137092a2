/** Vectors this alike (cosine) show the same picture but for a detail. */
export const duplicateCosine = 0.98;
/** Bits of a band of signs. Vectors at cosine 0.98 differ in 6 % of their signs: 16 bits agree with a chance of 35 %. */
const bandBits = 16;

/** The sign bits of a vector as text, `1` for 0 and above, as PostgreSQL's bit strings are written. */
export function signBits(vector: Float32Array): string {
  let bits = "";
  for (const value of vector) bits += value >= 0 ? "1" : "0";
  return bits;
}

/**
 * Groups of near-duplicates: vectors of which each is within `duplicateCosine` of another of the group. Candidates
 * are pairs that agree in a whole band of signs (locality-sensitive hashing, Charikar 2002), so the cost grows with
 * the number of vectors and not with its square; with 16 bands of 16 bits a pair at the threshold is missed with a
 * chance of 0.1 %.
 * @param vectors of unit length
 * @returns for each vector the index of the first of its group, or −1 where it stands alone
 */
export function nearDuplicates(vectors: readonly Float32Array[], threshold = duplicateCosine): Int32Array {
  const parent = Int32Array.from(vectors, (_, i) => i);
  const root = (i: number): number => {
    let at = i;
    while (parent[at] !== at) {
      parent[at] = parent[parent[at]!]!;
      at = parent[at]!;
    }
    return at;
  };
  const size = vectors[0]?.length ?? 0;
  for (let band = 0; band + Math.min(bandBits, size) <= size; band += bandBits) {
    const buckets = new Map<number, number[]>();
    for (const [index, vector] of vectors.entries()) {
      let key = 0;
      for (let i = 0; i < Math.min(bandBits, size); i++) key = (key << 1) | (vector[band + i]! >= 0 ? 1 : 0);
      const bucket = buckets.get(key);
      if (bucket) bucket.push(index);
      else buckets.set(key, [index]);
    }
    for (const bucket of buckets.values()) join(bucket);
  }
  const sizes = new Map<number, number>();
  for (let i = 0; i < parent.length; i++) sizes.set(root(i), (sizes.get(root(i)) ?? 0) + 1);
  return Int32Array.from(parent, (_, i) => (sizes.get(root(i))! > 1 ? root(i) : -1));

  function join(bucket: readonly number[]): void {
    // One representative of each group that the bucket has so far is enough to compare with.
    const seen: number[] = [];
    for (const index of bucket) {
      let known = false;
      for (const other of seen) {
        if (root(other) === root(index)) known = true;
        else if (cosine(vectors[other]!, vectors[index]!) >= threshold) {
          const [a, b] = [root(other), root(index)];
          parent[Math.max(a, b)] = Math.min(a, b);
          known = true;
        }
      }
      // Everything the same in a bucket of thousands would cost the square of it: the first hundreds stand for it.
      if (!known || seen.length < 200) seen.push(index);
      if (seen.length > 2000) break;
    }
  }
}

export function cosine(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
