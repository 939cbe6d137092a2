import Link from "next/link";
import { buttonClass } from "@/components/ui/button";
import { formatCount } from "@/components/ui/format";
import type { Overview } from "@/lib/api/contract/project";

interface Advice {
  title: string;
  text: string;
  href: string;
  label: string;
}

/** The one thing that brings the dataset forward most. */
export function adviceFor(funnel: Overview["funnel"], activeRuns: number): Advice {
  if (funnel.anchors === 0)
    return {
      title: "Start with images",
      text: "Import photographs with captions, or let Pentimento draw Storybook scenes: those are the pictures that the embedded models can edit well.",
      href: "/anchors?import=1",
      label: "Add anchors",
    };
  if (funnel.captioned === 0)
    return {
      title: "Caption your images",
      text: `${funnel.anchors === 1 ? "Your anchor has no" : `None of your ${formatCount(funnel.anchors)} anchors has a`} caption yet. An edit starts from what the image shows.`,
      href: "/anchors?show=uncaptioned",
      label: "Write captions",
    };
  if (funnel.edits === 0 && activeRuns === 0)
    return {
      title: "Launch the first run",
      text: `${formatCount(funnel.captioned)} captioned anchors and ${formatCount(funnel.seeds)} seed examples are ready. Start small: a run takes a few seconds an edit.`,
      href: "/runs/new",
      label: "Set up a run",
    };
  if (funnel.pending > 0)
    return {
      title: `${formatCount(funnel.pending)} ${funnel.pending === 1 ? "sample waits" : "samples wait"} for review`,
      text: "Approve or reject with a single key; every decision can be taken back.",
      href: "/review",
      label: "Review",
    };
  if (activeRuns > 0)
    return {
      title: "A run is working",
      text: "Samples appear here and in the review queue as they are made.",
      href: "/runs",
      label: "Watch it",
    };
  if (funnel.approved > 0 && funnel.releases === 0)
    return {
      title: "Make a release",
      text: `${formatCount(funnel.approved)} approved samples can be frozen as a release and written as a dataset.`,
      href: "/releases",
      label: "Make a release",
    };
  return {
    title: "Grow the dataset",
    text: "Add anchors or seed examples, or run the pipeline again with other settings.",
    href: "/runs/new",
    label: "Set up a run",
  };
}

export function NextStep({ funnel, activeRuns }: { funnel: Overview["funnel"]; activeRuns: number }) {
  const advice = adviceFor(funnel, activeRuns);
  return (
    <section
      aria-label="What to do next"
      className="flex flex-wrap items-center justify-between gap-4 rounded-xl bg-accent-soft px-6 py-5"
    >
      <div className="max-w-2xl">
        <h2 className="text-lg font-semibold">{advice.title}</h2>
        <p className="text-ink-soft">{advice.text}</p>
      </div>
      <Link href={advice.href} className={buttonClass({ look: "primary", size: "large" })}>
        {advice.label}
      </Link>
    </section>
  );
}
