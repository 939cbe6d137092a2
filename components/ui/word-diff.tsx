import { diffWords } from "@/lib/domain/word-diff";
import { classNames } from "./class-names";

/** Two captions as one line: removed words struck out, added words marked. */
export function WordDiff({ before, after }: { before: string; after: string }) {
  return (
    <span>
      {diffWords(before, after).parts.map((part, index) => [
        index > 0 && !/^[,.;:!?)]/.test(part.text) && " ",
        <span
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one diff have no other identity
          key={index}
          className={classNames(
            part.kind === "removed" && "rounded bg-bad-soft px-0.5 text-bad line-through",
            part.kind === "added" && "rounded bg-good-soft px-0.5 text-good",
          )}
        >
          {part.text}
        </span>,
      ])}
    </span>
  );
}
