import { diffWords } from "./word-diff";

/** Words that say nothing of what is in a picture. */
const empty = new Set(
  "a an the of in on at to by with without and or from into onto over under near beside next as is are its his her their it this that there some one".split(
    " ",
  ),
);
/** Two words with so many letters in common at the start are forms of one: snow, snowy; paint, painted. */
const stemLength = 4;

/**
 * Changes of the caption that the instruction does not speak of, where it does speak of another: probably more than
 * was asked. Instructions that name none of the changed words ("make it winter") say nothing about any, and have none.
 */
export function unaskedChanges(edit: {
  sourceCaption: string;
  instruction: string;
  targetCaption: string;
}): string[] {
  const asked = wordsOf(edit.instruction);
  const spans: { text: string; words: string[] }[] = [];
  let open = false;
  for (const { kind, text } of diffWords(edit.sourceCaption, edit.targetCaption).parts) {
    const last = spans.at(-1);
    if (kind === "same") open = false;
    else if (open && last) {
      last.text += ` → ${text}`;
      last.words.push(...wordsOf(text));
    } else {
      spans.push({ text, words: wordsOf(text) });
      open = true;
    }
  }
  const saying = spans.filter(({ words }) => words.length > 0);
  const isAsked = ({ words }: { words: string[] }) =>
    words.some((word) => asked.some((one) => alike(one, word)));
  if (!saying.some(isAsked)) return [];
  return saying.filter((span) => !isAsked(span)).map(({ text }) => text);
}

function wordsOf(text: string): string[] {
  return (text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).filter((word) => !empty.has(word));
}

function alike(a: string, b: string): boolean {
  if (a === b) return true;
  const length = Math.max(stemLength, Math.min(a.length, b.length) - 3);
  return a.length >= stemLength && b.length >= stemLength && a.slice(0, length) === b.slice(0, length);
}
