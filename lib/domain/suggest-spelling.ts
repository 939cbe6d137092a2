const letters = "abcdefghijklmnopqrstuvwxyz'";

/**
 * Words that a misspelt one may be: known words one slip away (Damerau 1964: two letters swapped, one missing, one too
 * many, one wrong); two words run together if there is none. Common words come first, then those that keep the first
 * letter, then by the kind of slip.
 */
export function suggestSpelling(
  word: string,
  { isWord, isCommon }: { isWord(candidate: string): boolean; isCommon(candidate: string): boolean },
  most: number,
): string[] {
  const lower = word.toLowerCase();
  const found = new Set<string>();
  const offer = (candidate: string) => {
    if (candidate !== lower && candidate.length > 1 && isWord(candidate)) found.add(candidate);
  };
  for (let i = 0; i + 1 < lower.length; i++) {
    offer(lower.slice(0, i) + lower[i + 1] + lower[i] + lower.slice(i + 2));
  }
  for (let i = 0; i < lower.length; i++) offer(lower.slice(0, i) + lower.slice(i + 1));
  for (let i = 0; i <= lower.length; i++) {
    for (const letter of letters) offer(lower.slice(0, i) + letter + lower.slice(i));
  }
  for (let i = 0; i < lower.length; i++) {
    for (const letter of letters) offer(lower.slice(0, i) + letter + lower.slice(i + 1));
  }
  for (let i = 3; found.size === 0 && i + 3 <= lower.length; i++) {
    const [a, b] = [lower.slice(0, i), lower.slice(i)];
    if (isWord(a) && isWord(b)) found.add(`${a} ${b}`);
  }
  const rank = (candidate: string) => (isCommon(candidate) ? 0 : 2) + (candidate[0] === lower[0] ? 0 : 1);
  const capital = /^\p{Lu}/u.test(word);
  return [...found]
    .sort((a, b) => rank(a) - rank(b))
    .slice(0, most)
    .map((candidate) => (capital ? candidate[0]!.toUpperCase() + candidate.slice(1) : candidate));
}
