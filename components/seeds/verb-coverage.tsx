"use client";

import { useQuery } from "@tanstack/react-query";
import { classNames } from "@/components/ui/class-names";
import { api } from "@/lib/api/client";
import { type EditType, editTypeInfo } from "@/lib/domain/edit-types";

interface VerbCoverageProps {
  /** The type whose verbs are shown; none: what is missing of all. */
  editType: EditType | null;
  onSelect: (editType: EditType) => void;
  /** Looks for the seeds of a verb. */
  onVerb: (verb: string) => void;
}

/** With which verbs the seeds of a type begin, and which usual ones are missing. */
export function VerbCoverage({ editType, onSelect, onVerb }: VerbCoverageProps) {
  const { data } = useQuery(api.seeds.verbs.queryOptions());
  if (!data) return <div className="mb-6 h-9" />;
  const chosen = data.find((entry) => entry.editType === editType);
  return (
    <section
      aria-label="Verbs"
      className="mb-6 flex flex-wrap items-center gap-x-3 gap-y-1 rounded-xl border border-line bg-panel px-4 py-2 text-[13px]"
    >
      {chosen ? (
        <Verbs verbs={chosen.verbs} onVerb={onVerb} />
      ) : (
        <Missing entries={data} onSelect={onSelect} />
      )}
    </section>
  );
}

interface Verb {
  verb: string;
  count: number;
}

function Verbs({ verbs, onVerb }: { verbs: readonly Verb[]; onVerb: (verb: string) => void }) {
  return (
    <>
      <h2 className="font-medium">Verbs</h2>
      {verbs.map(({ verb, count }) => (
        <button
          key={verb}
          type="button"
          disabled={count === 0}
          title={count === 0 ? `No seed says “${verb}” yet` : `Show the seeds that say “${verb}”`}
          onClick={() => onVerb(verb)}
          className={classNames(
            "rounded-md px-1.5 py-0.5",
            count === 0 ? "border border-dashed border-warn text-warn" : "bg-sunken hover:bg-accent-soft",
          )}
        >
          {verb} <span className="tabular-nums">{count === 0 ? "missing" : count}</span>
        </button>
      ))}
    </>
  );
}

function Missing({
  entries,
  onSelect,
}: {
  entries: readonly { editType: EditType; verbs: readonly Verb[] }[];
  onSelect: (editType: EditType) => void;
}) {
  const missing = entries
    .map(({ editType, verbs }) => ({
      editType,
      verbs: verbs.filter(({ count }) => count === 0).map(({ verb }) => verb),
    }))
    .filter(({ verbs }) => verbs.length > 0);
  if (missing.length === 0)
    return <p className="text-ink-soft">Every usual verb of every type has an example.</p>;
  return (
    <>
      <h2 className="font-medium">Verbs without an example</h2>
      {missing.map(({ editType, verbs }) => (
        <button
          key={editType}
          type="button"
          onClick={() => onSelect(editType)}
          className="text-ink-soft hover:text-ink"
          title={`Show the seeds of ${editTypeInfo(editType).label}`}
        >
          {editTypeInfo(editType).label}: <span className="text-warn">{verbs.join(", ")}</span>
        </button>
      ))}
    </>
  );
}
