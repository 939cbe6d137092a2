import Link from "next/link";
import type { ReactNode } from "react";
import { ScoreList } from "@/components/edits/score-list";
import { Picture } from "@/components/ui/picture";
import type { SampleView } from "@/lib/api/contract/samples";

const origins = { photo: "Imported image", storybook: "Storybook scene", sample: "Sample image" } as const;

/** What is known of a pair beside its looks. */
export function SampleFacts({ sample }: { sample: SampleView }) {
  return (
    <aside
      aria-label="About this pair"
      className="flex w-64 shrink-0 flex-col gap-5 overflow-y-auto border-l border-line bg-panel p-4 2xl:w-80"
    >
      <Section title="Scores">
        <ScoreList scores={sample.scores} />
      </Section>
      <Section title="Made by">
        <p className="text-[13px]">
          {sample.madeBy.images}
          <br />
          {sample.madeBy.instructions}
          <br />
          <Link href={`/runs/${sample.runId}`} className="text-accent hover:underline">
            {sample.runName}
          </Link>
        </p>
      </Section>
      <Section title="Anchor">
        <Picture
          image={sample.anchor.image}
          alt="The anchor of this pair"
          width={224}
          className="mb-1.5 max-h-44 w-full rounded-md object-contain"
        />
        <p className="text-[13px] text-ink-soft">
          {origins[sample.anchor.origin]}
          {sample.anchor.licence && `, ${sample.anchor.licence}`}
        </p>
      </Section>
    </aside>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h2 className="mb-1.5 text-xs font-semibold tracking-wide text-ink-soft uppercase">{title}</h2>
      {children}
    </section>
  );
}
