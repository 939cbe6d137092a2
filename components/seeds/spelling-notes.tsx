import type { Misspelling } from "./use-inspection";

interface SpellingNotesProps {
  words: readonly Misspelling[];
  onCorrect: (word: Misspelling, by: string) => void;
}

/** Words of a field that no dictionary has, each with what it may be. */
export function SpellingNotes({ words, onCorrect }: SpellingNotesProps) {
  if (words.length === 0) return null;
  return (
    <ul className="-mt-1 flex flex-wrap gap-x-4 gap-y-1 text-xs text-warn" aria-label="Spelling">
      {words.map((entry) => (
        <li key={entry.word}>
          “{entry.word}” is in no dictionary
          {entry.suggestions.length > 0 ? ": " : "."}
          {entry.suggestions.map((by, index) => (
            <span key={by}>
              {index > 0 && ", "}
              <button
                type="button"
                className="underline"
                aria-label={`Write ${by} for ${entry.word}`}
                onClick={() => onCorrect(entry, by)}
              >
                {by}
              </button>
            </span>
          ))}
        </li>
      ))}
    </ul>
  );
}
