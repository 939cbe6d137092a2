"use client";

import { classNames } from "@/components/ui/class-names";
import { countOf, formatCount } from "@/components/ui/format";
import { Progress } from "@/components/ui/progress";
import { Skeleton } from "@/components/ui/skeleton";
import { type EditType, editTypes } from "@/lib/domain/edit-types";
import { useCoverage } from "./use-coverage";

/** Below this many seeds of a type, its edits repeat themselves. */
const few = 5;

/** Seeds of each edit type, what is missing, and a filter by a click. */
export function Coverage({
  selected,
  onSelect,
}: {
  selected: EditType | null;
  onSelect: (editType: EditType | null) => void;
}) {
  const counts = useCoverage();
  if (counts.size === 0) return <Skeleton className="mb-6 h-41" />;
  const most = Math.max(1, ...counts.values());
  const thin = editTypes.filter(({ id }) => (counts.get(id) ?? 0) < few);
  return (
    <section aria-label="Coverage" className="mb-2 rounded-xl border border-line bg-panel p-4">
      <ul className="grid grid-cols-2 gap-1 md:grid-cols-5">
        {editTypes.map(({ id, label, description }) => {
          const count = counts.get(id) ?? 0;
          return (
            <li key={id}>
              <button
                type="button"
                title={description}
                aria-pressed={selected === id}
                onClick={() => onSelect(selected === id ? null : id)}
                className={classNames(
                  "flex w-full flex-col gap-1.5 rounded-md px-3 py-2 text-left",
                  selected === id ? "bg-accent-soft" : "hover:bg-sunken",
                )}
              >
                <span className="flex w-full items-baseline justify-between gap-2">
                  <span className="truncate text-[13px]">{label}</span>
                  <span className={classNames("font-semibold tabular-nums", count < few && "text-warn")}>
                    {formatCount(count)}
                  </span>
                </span>
                <Progress value={count / most} label={`${label}: ${countOf(count, "seed")}`} />
              </button>
            </li>
          );
        })}
      </ul>
      <p className="mt-2 px-3 text-[13px] text-ink-soft">
        {thin.length > 0
          ? `Fewer than ${few} examples: ${thin.map(({ label }) => label).join(", ")}. Runs propose what they have examples of.`
          : `Every edit type has at least ${few} examples.`}
      </p>
    </section>
  );
}
