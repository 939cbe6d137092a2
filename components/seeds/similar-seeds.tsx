import type { useInspection } from "./use-inspection";

/** Two instructions on one caption are the same from here on, as an import counts them. */
const same = 0.75;

/** Earlier seeds with much the same instruction. */
export function SimilarSeeds({ seeds }: { seeds: ReturnType<typeof useInspection>["similar"] }) {
  if (seeds.length === 0) return null;
  const repeats = seeds.some(({ sameCaption, similarity }) => sameCaption && similarity >= same);
  return (
    <section
      aria-label="Similar seeds"
      className="rounded-md bg-warn-soft px-3 py-2 text-[13px] text-warn"
      role="status"
    >
      <p className="font-medium">
        {repeats
          ? "This repeats a seed on the same caption: it teaches nothing new."
          : "Much like seeds there are. Another verb or another object teaches more."}
      </p>
      <ul className="mt-0.5">
        {seeds.map(({ id, instruction, sourceCaption, similarity, sameCaption }) => (
          <li key={id} className="truncate" title={`${instruction}\non: ${sourceCaption}`}>
            {Math.round(100 * similarity)} % “{instruction}”{" "}
            {sameCaption ? "on this caption" : `on “${sourceCaption}”`}
          </li>
        ))}
      </ul>
    </section>
  );
}
