export type WordDiffPart = {
  readonly kind: "same" | "removed" | "added";
  /** The words, joined as they stood in their caption. */
  readonly text: string;
};

export type WordDiff = {
  /** In reading order; where words were exchanged, the removed part comes before the added one. */
  readonly parts: readonly WordDiffPart[];
  readonly same: number;
  readonly removed: number;
  readonly added: number;
  /** (removed + added) / (words of both captions): 0 for equal captions, 1 where no word is shared. */
  readonly changedShare: number;
};

/** Beyond this many table cells (about 2,000 by 2,000 words) the differing middle counts as exchanged whole. */
const maxCells = 4_000_000;

type Word = { readonly text: string; readonly key: string; readonly glued: boolean };

/** Words with their inner apostrophes and hyphens; each punctuation mark is a word of its own, glued to the left. */
function words(caption: string): Word[] {
  const found: Word[] = [];
  for (const match of caption.matchAll(/[\p{L}\p{N}\p{M}]+(?:['’-][\p{L}\p{N}\p{M}]+)*|[^\s]/gu)) {
    const before = match.index === 0 ? " " : caption[match.index - 1]!;
    found.push({ text: match[0], key: match[0].toLowerCase(), glued: !/\s/.test(before) && match.index > 0 });
  }
  return found;
}

type Step = { readonly kind: WordDiffPart["kind"]; readonly word: Word };

/** Longest common subsequence by the usual table; where ties allow, removals come before additions. */
function alignMiddle(source: readonly Word[], target: readonly Word[]): Step[] {
  const rows = source.length;
  const columns = target.length;
  const removedAll = source.map((word): Step => ({ kind: "removed", word }));
  const addedAll = target.map((word): Step => ({ kind: "added", word }));
  if (rows === 0 || columns === 0 || rows * columns > maxCells) return [...removedAll, ...addedAll];
  const width = columns + 1;
  const length = new Uint32Array((rows + 1) * width);
  for (let i = rows - 1; i >= 0; i--) {
    for (let j = columns - 1; j >= 0; j--) {
      length[i * width + j] =
        source[i]!.key === target[j]!.key
          ? length[(i + 1) * width + j + 1]! + 1
          : Math.max(length[(i + 1) * width + j]!, length[i * width + j + 1]!);
    }
  }
  const steps: Step[] = [];
  let i = 0;
  let j = 0;
  while (i < rows && j < columns) {
    if (source[i]!.key === target[j]!.key) {
      steps.push({ kind: "same", word: target[j]! });
      i++;
      j++;
    } else if (length[(i + 1) * width + j]! >= length[i * width + j + 1]!) {
      steps.push({ kind: "removed", word: source[i++]! });
    } else {
      steps.push({ kind: "added", word: target[j++]! });
    }
  }
  return [...steps, ...removedAll.slice(i), ...addedAll.slice(j)];
}

function joined(steps: readonly Step[]): WordDiffPart[] {
  const parts: { kind: WordDiffPart["kind"]; text: string }[] = [];
  for (const { kind, word } of steps) {
    const last = parts.at(-1);
    if (last?.kind === kind) last.text += (word.glued ? "" : " ") + word.text;
    else parts.push({ kind, text: word.text });
  }
  return parts;
}

/**
 * Word-level difference of two captions (longest common subsequence). Letter case is ignored: a sentence that
 * only lost its first capital has not changed.
 */
export function diffWords(sourceCaption: string, targetCaption: string): WordDiff {
  const source = words(sourceCaption);
  const target = words(targetCaption);
  const shorter = Math.min(source.length, target.length);
  let head = 0;
  while (head < shorter && source[head]!.key === target[head]!.key) head++;
  let tail = 0;
  while (tail < shorter - head && source.at(-1 - tail)!.key === target.at(-1 - tail)!.key) tail++;
  const asSame = (word: Word): Step => ({ kind: "same", word });
  const steps = [
    ...target.slice(0, head).map(asSame),
    ...alignMiddle(source.slice(head, source.length - tail), target.slice(head, target.length - tail)),
    ...target.slice(target.length - tail).map(asSame),
  ];
  const count = (kind: WordDiffPart["kind"]): number => steps.filter((step) => step.kind === kind).length;
  const removed = count("removed");
  const added = count("added");
  const total = source.length + target.length;
  return {
    parts: joined(steps),
    same: count("same"),
    removed,
    added,
    changedShare: total === 0 ? 0 : (removed + added) / total,
  };
}
