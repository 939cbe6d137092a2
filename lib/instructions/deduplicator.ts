/** Text reduced to what makes it the same instruction: lower case, no punctuation, no articles, single spaces. */
export function normaliseForComparison(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/['’]/g, "")
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, " ")
    .replace(/\b(?:a|an|the|please)\b/g, " ")
    .replace(/\bcolour/g, "color")
    .replace(/\bgrey\b/g, "gray")
    .replace(/\s+/g, " ")
    .trim();
}

/** FNV-1a, 32 bits: the same on every machine. */
function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    hash ^= text.charCodeAt(i);
    hash = Math.imul(hash, 0x01000193);
  }
  return hash >>> 0;
}

/** Sorted hashes of the words and of each pair of neighbours: pairs see order, words forgive it a little. */
function shingles(normalised: string): Uint32Array {
  const words = normalised.split(" ").filter((word) => word !== "");
  const set = new Set<number>(words.map(hashText));
  for (let i = 1; i < words.length; i++) set.add(hashText(`${words[i - 1]} ${words[i]}`));
  return Uint32Array.from(set).sort();
}

function jaccard(a: Uint32Array, b: Uint32Array): number {
  if (a.length === 0 && b.length === 0) return 1;
  let shared = 0;
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if (a[i] === b[j]) {
      shared++;
      i++;
      j++;
    } else if (a[i]! < b[j]!) i++;
    else j++;
  }
  return shared / (a.length + b.length - shared);
}

/** Similarity of two texts in [0, 1] as the de-duplicator sees it: 1 for equal wording. */
export function textSimilarity(a: string, b: string): number {
  const [left, right] = [normaliseForComparison(a), normaliseForComparison(b)];
  return left === right ? 1 : jaccard(shingles(left), shingles(right));
}

const bands = 30;
const rowsPerBand = 5;

/** MinHash signature cut into bands: texts of similarity 0.75 share a band with probability
 * 1 - (1 - 0.75^5)^30 = 0.9997, texts of 0.3 (one phrase in common) with 0.07. */
function bandKeys(set: Uint32Array): number[] {
  const keys: number[] = [];
  for (let band = 0; band < bands; band++) {
    let key = Math.imul(band + 1, 0x9e3779b1);
    for (let row = 0; row < rowsPerBand; row++) {
      const multiplier = (Math.imul(band * rowsPerBand + row + 1, 0x85ebca6b) | 1) >>> 0;
      let least = 0xffffffff;
      for (const value of set) {
        let mixed = Math.imul(value ^ (value >>> 15), multiplier);
        mixed = (mixed ^ (mixed >>> 13)) >>> 0;
        if (mixed < least) least = mixed;
      }
      key = Math.imul(key ^ least, 0x01000193);
    }
    keys.push(key >>> 0);
  }
  return keys;
}

export type Duplicate = { readonly of: string; readonly similarity: number };

export type Deduplicator = {
  /** The text already held that this one repeats, or null. Does not change anything. */
  find(text: string): Duplicate | null;
  /** Holds the text unless it repeats one already held, and says which. */
  add(text: string): Duplicate | null;
  readonly size: number;
};

/**
 * Finds exact repeats (after normalising) and near ones (Jaccard similarity of word shingles at or above
 * `threshold`, found through MinHash bands, then checked exactly). The default tells "car to red" from "car to
 * blue" but not "the car" from "this car".
 */
export function createDeduplicator(options: { threshold?: number } = {}): Deduplicator {
  const threshold = options.threshold ?? 0.75;
  const exact = new Map<string, string>();
  const entries: { text: string; set: Uint32Array }[] = [];
  const buckets = new Map<number, number[]>();

  const near = (set: Uint32Array, keys: readonly number[]): Duplicate | null => {
    let best: Duplicate | null = null;
    const seen = new Set<number>();
    for (const key of keys) {
      for (const index of buckets.get(key) ?? []) {
        if (seen.has(index)) continue;
        seen.add(index);
        const entry = entries[index]!;
        const similarity = jaccard(set, entry.set);
        if (similarity >= threshold && similarity > (best?.similarity ?? 0))
          best = { of: entry.text, similarity };
      }
    }
    return best;
  };

  const look = (text: string) => {
    const normalised = normaliseForComparison(text);
    const same = exact.get(normalised);
    const set = shingles(normalised);
    const keys = bandKeys(set);
    const duplicate = same === undefined ? near(set, keys) : { of: same, similarity: 1 };
    return { normalised, set, keys, duplicate };
  };

  return {
    find: (text) => look(text).duplicate,
    add(text) {
      const { normalised, set, keys, duplicate } = look(text);
      if (duplicate !== null) return duplicate;
      exact.set(normalised, text);
      const index = entries.push({ text, set }) - 1;
      for (const key of keys) {
        const bucket = buckets.get(key);
        if (bucket === undefined) buckets.set(key, [index]);
        else bucket.push(index);
      }
      return null;
    },
    get size() {
      return entries.length;
    },
  };
}

export type EditDeduplicator = {
  /** Holds the edit, or says which earlier instruction makes it superfluous. */
  add(edit: { sourceCaption: string; instruction: string; targetCaption: string }): Duplicate | null;
};

/**
 * De-duplication of edits: among the edits of one caption no two instructions alike and no target twice; over
 * all captions the same wording at most `maxRepeats` times ("Make it snow" suits many pictures, but not all).
 */
export function createEditDeduplicator(
  options: { threshold?: number; maxRepeats?: number } = {},
): EditDeduplicator {
  const maxRepeats = options.maxRepeats ?? Number.POSITIVE_INFINITY;
  const perCaption = new Map<string, { instructions: Deduplicator; targets: Map<string, string> }>();
  const repeats = new Map<string, number>();
  return {
    add(edit) {
      const caption = normaliseForComparison(edit.sourceCaption);
      let held = perCaption.get(caption);
      if (held === undefined) {
        held = { instructions: createDeduplicator(options), targets: new Map() };
        perCaption.set(caption, held);
      }
      const target = normaliseForComparison(edit.targetCaption);
      const sameTarget = held.targets.get(target);
      if (sameTarget !== undefined) return { of: sameTarget, similarity: 1 };
      const wording = normaliseForComparison(edit.instruction);
      const times = repeats.get(wording) ?? 0;
      if (times >= maxRepeats) return { of: edit.instruction, similarity: 1 };
      const duplicate = held.instructions.add(edit.instruction);
      if (duplicate !== null) return duplicate;
      held.targets.set(target, edit.instruction);
      repeats.set(wording, times + 1);
      return null;
    },
  };
}
