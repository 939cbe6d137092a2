import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import type { ReactNode } from "react";
import type { Action } from "@/components/actions/action";
import { ActionButton } from "@/components/actions/action-button";
import { SampleChain } from "@/components/chains/sample-chain";
import { Judgements } from "@/components/edits/judgements";
import { Picture } from "@/components/ui/picture";
import { api } from "@/lib/api/client";
import type { DeskItem } from "./review-queue";
import { ScorePanel } from "./score-panel";

const origins = { photo: "Imported image", storybook: "Storybook scene", sample: "Sample image" } as const;
const changes = ["texts", "mask", "regenerate", "send-back", "gold-approve", "gold-reject", "log"];

/** What is known of a pair beside its looks, and what can be changed about it. Blind, only the latter and the anchor. */
export function SampleFacts({ item, actions }: { item: DeskItem; actions: readonly Action[] }) {
  const { sample } = item;
  return (
    <aside
      aria-label="About this pair"
      className="flex w-64 shrink-0 flex-col gap-5 overflow-y-auto border-l border-line bg-panel p-4 2xl:w-80 max-md:max-h-24 max-md:w-full max-md:border-t max-md:border-l-0"
    >
      {sample.returnedNote && (
        <Section title="Sent back to you">
          <p className="rounded-md bg-sunken px-2 py-1.5">{sample.returnedNote}</p>
        </Section>
      )}
      {sample.scores && (
        <>
          <Section title="Scores">
            <ScorePanel sample={sample} scores={sample.scores} />
          </Section>
          <SampleJudgements sample={sample} />
        </>
      )}
      <Section title="Change">
        <div className="flex flex-col items-stretch gap-1">
          {actions
            .filter(({ id }) => changes.includes(id))
            .map((action) => (
              <ActionButton
                key={action.id}
                action={action}
                look="quiet"
                size="small"
                className="justify-between!"
              />
            ))}
        </div>
      </Section>
      {sample.run && (
        <Section title="Made by">
          <p className="text-[13px]">
            {sample.run.images}
            <br />
            {sample.run.instructions}
            <br />
            <Link href={`/runs/${sample.run.id}`} className="text-accent hover:underline">
              {sample.run.name}
            </Link>
          </p>
        </Section>
      )}
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
      {sample.anchor.origin === "sample" && (
        <Section title="Chain">
          <SampleChain sampleId={sample.id} />
        </Section>
      )}
    </aside>
  );
}

function SampleJudgements({ sample: { id, instruction } }: { sample: DeskItem["sample"] }) {
  const query = useQuery(api.judgements.ofSample.queryOptions({ input: { id }, staleTime: 60_000 }));
  return <Judgements query={query} instruction={instruction} />;
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h2 className="mb-1.5 text-xs font-semibold tracking-wide text-ink-soft uppercase">{title}</h2>
      {children}
    </section>
  );
}
