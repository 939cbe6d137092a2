import { EditTypeBadge } from "@/components/edits/edit-type-badge";
import { formatCount } from "@/components/ui/format";
import { WordDiff } from "@/components/ui/word-diff";
import type { client } from "@/lib/api/client";

type Found = Awaited<ReturnType<typeof client.seeds.previewLines>>;

/** What adding a pasted text would do: its first seeds, repeats of known ones, and lines that cannot be used. */
export function PastePreview({ found }: { found: Found }) {
  const { fresh, duplicates, refusedCount, refused, repeated, examples } = found;
  return (
    <section
      aria-label="Preview"
      className="flex flex-col gap-2 rounded-lg border border-line p-3 text-[13px]"
    >
      <p className="font-medium">
        {formatCount(fresh)} new, {formatCount(duplicates)} known already, {formatCount(refusedCount)}{" "}
        {refusedCount === 1 ? "problem" : "problems"}.
      </p>
      {refused.length > 0 && (
        <ul className="max-h-32 overflow-y-auto text-bad" aria-label="Problems">
          {refused.map(({ line, reason }) => (
            <li key={`${line} ${reason}`}>
              Line {line}: {reason}
            </li>
          ))}
        </ul>
      )}
      {repeated.length > 0 && (
        <ul className="max-h-20 overflow-y-auto text-ink-soft" aria-label="Known already">
          {repeated.map(({ line, of }) => (
            <li key={line}>
              Line {line} repeats “{of}”.
            </li>
          ))}
        </ul>
      )}
      {examples.length > 0 && (
        <ul className="divide-y divide-line" aria-label="First seeds">
          {examples.map((seed) => (
            <li key={seed.line} className="py-1">
              <span className="font-medium">{seed.instruction}</span>{" "}
              <EditTypeBadge editType={seed.editType} />
              <p className="text-ink-soft">
                <WordDiff before={seed.sourceCaption} after={seed.targetCaption} />
              </p>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
