import { type EditType, editTypeInfo } from "./edit-types";
import { diffWords } from "./word-diff";

/** Words that hold no place in a picture. */
const placeless = new Set(
  "a an the of in on at to by with and or from into onto over under near beside next as is are its his her their".split(
    " ",
  ),
);

/** Captions longer than this may be cut by a text encoder, and a word that was cut cannot be found. */
const longestCaption = 40;

/**
 * The words of both captions whose places a local edit may change: those that differ, and the edited object's.
 * Null where the whole picture is meant to change, or where there is nothing to point at.
 */
export function editedWords(edit: {
  sourceCaption: string;
  targetCaption: string;
  editType: EditType;
  editObject: string | null;
}): { sourceWords: string[]; targetWords: string[] } | null {
  const local = editTypeInfo(edit.editType).regionCapable;
  // A turn or another kind of edit is local only if somebody named what it is about.
  const named = edit.editObject !== null || ["add", "remove", "replace"].includes(edit.editType);
  if (!local || !named) return null;
  const changed = changedWords(edit);
  if (!changed) return null;
  const object = wordsOf(edit.editObject ?? "");
  const pick = (caption: string, words: string[]) => {
    const present = wordsOf(caption);
    return [...new Set(words.filter((word) => !placeless.has(word) && present.includes(word)))];
  };
  const sourceWords = pick(edit.sourceCaption, [...object, ...changed.removed]);
  const targetWords = pick(edit.targetCaption, [...object, ...changed.added]);
  return sourceWords.length + targetWords.length > 0 ? { sourceWords, targetWords } : null;
}

/** The words in which two captions differ; null for captions so long that a word of them may be cut. */
export function changedWords(edit: {
  sourceCaption: string;
  targetCaption: string;
}): { removed: string[]; added: string[] } | null {
  const { sourceCaption, targetCaption } = edit;
  if (Math.max(wordsOf(sourceCaption).length, wordsOf(targetCaption).length) > longestCaption) return null;
  const { parts } = diffWords(sourceCaption, targetCaption);
  const of = (kind: "removed" | "added") =>
    parts.flatMap((part) => (part.kind === kind ? wordsOf(part.text) : []));
  return { removed: of("removed"), added: of("added") };
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}
