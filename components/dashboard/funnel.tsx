import Link from "next/link";
import { formatCount } from "@/components/ui/format";
import { Panel } from "@/components/ui/panel";
import { Progress } from "@/components/ui/progress";
import type { Overview } from "@/lib/api/contract/project";

interface Step {
  label: string;
  count: number;
  note: string;
  href: string;
}

function stepsOf(funnel: Overview["funnel"]): Step[] {
  const share = (part: number, whole: number) => `${Math.round((100 * part) / whole)} %`;
  const decided = funnel.approved + funnel.rejected;
  return [
    {
      label: "Anchors",
      count: funnel.anchors,
      note: `${formatCount(funnel.captioned)} with a caption`,
      href: "/anchors",
    },
    {
      label: "Edits",
      count: funnel.edits,
      note: `from ${formatCount(funnel.seeds)} seed examples`,
      href: "/runs",
    },
    { label: "Candidates", count: funnel.candidates, note: "drawn and scored", href: "/runs" },
    {
      label: "Samples",
      count: funnel.samples,
      note:
        funnel.candidates > 0
          ? `${share(funnel.samples, funnel.candidates)} of the candidates passed`
          : "candidates that pass",
      href: "/review",
    },
    { label: "Reviewed", count: decided, note: `${formatCount(funnel.pending)} waiting`, href: "/review" },
    {
      label: "Approved",
      count: funnel.approved,
      note: decided > 0 ? `${share(funnel.approved, decided)} of the reviewed` : "ready for a release",
      href: "/releases",
    },
  ];
}

/** How many there are of everything on the way from anchors to approved samples. */
export function Funnel({ funnel }: { funnel: Overview["funnel"] }) {
  const steps = stepsOf(funnel);
  const most = Math.max(1, ...steps.map((step) => step.count));
  return (
    <Panel>
      <ol className="grid grid-cols-2 gap-x-6 gap-y-5 md:grid-cols-3 xl:grid-cols-6">
        {steps.map((step) => (
          <li key={step.label}>
            <Link href={step.href} className="group block rounded-md">
              <span className="text-[13px] font-medium text-ink-soft group-hover:text-accent">
                {step.label}
              </span>
              <span className="mt-0.5 mb-2 block text-3xl font-semibold tracking-tight tabular-nums">
                {formatCount(step.count)}
              </span>
              {/* On a log scale, so that few approved of many candidates still show. */}
              <Progress
                value={Math.log1p(step.count) / Math.log1p(most)}
                label={`${step.label}: ${step.count}`}
                tone={step.label === "Approved" ? "good" : "accent"}
              />
              <span className="mt-2 block text-xs text-ink-soft">{step.note}</span>
            </Link>
          </li>
        ))}
      </ol>
    </Panel>
  );
}
