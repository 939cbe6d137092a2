import Link from "next/link";
import type { Action } from "@/components/actions/action";
import { ActionButton } from "@/components/actions/action-button";
import { EditTypeBadge } from "@/components/edits/edit-type-badge";
import { Badge } from "@/components/ui/badge";
import { WordDiff } from "@/components/ui/word-diff";
import type { RegionView } from "@/lib/api/contract/masks";
import { Icon } from "./controls";
import type { InlineDesk } from "./desk-source";

interface DeskHeaderProps {
  region: RegionView | null;
  actions: readonly Action[];
  help: Action;
  /** What to say while no region is on screen. */
  title: string;
  inline?: InlineDesk | undefined;
}

const kinds: Record<RegionView["kind"], string> = {
  edit: "Edit region",
  seed: "Seed's region",
  sample: "Sample's region",
  anchor: "Region of an image",
};

const backClass =
  "flex size-8 shrink-0 items-center justify-center rounded-md text-ink-soft hover:bg-sunken hover:text-ink";

/** What the region is for, and the decisions about it. */
export function DeskHeader({ region, actions, help, title, inline }: DeskHeaderProps) {
  const of = (id: string) => actions.find((action) => action.id === id);
  const decisions = ["back", "skip", "finish"]
    .map(of)
    .filter((action) => action !== undefined)
    .filter((action) => action.id !== "back" || action.enabled);
  const [panels, more] = [of("panels"), of("actions")];
  // The page under it has the main heading.
  const Heading = inline ? "h2" : "h1";
  return (
    <header className="flex min-h-13 shrink-0 items-center gap-x-3 gap-y-1 border-b border-line bg-panel py-1.5 pr-3 pl-2 max-md:flex-wrap">
      {inline ? (
        <button
          type="button"
          aria-label={inline.backLabel}
          title={inline.backLabel}
          onClick={inline.close}
          className={backClass}
        >
          <Icon path="M12 4 6 10l6 6" />
        </button>
      ) : (
        <Link href="/masks" aria-label="All masks" title="All masks" className={backClass}>
          <Icon path="M12 4 6 10l6 6" />
        </Link>
      )}
      {region ? (
        <div className="min-w-0 flex-1 max-md:basis-[calc(100%-4rem)]">
          <div className="flex min-w-0 items-center gap-2.5">
            <Heading
              className="truncate text-[17px] leading-6 font-semibold"
              data-testid="instruction"
              title={region.instruction ?? undefined}
            >
              {region.instruction ?? region.fileName ?? kinds[region.kind]}
            </Heading>
            {region.editType && <EditTypeBadge editType={region.editType} />}
            {region.holder && !region.holder.you && (
              <Badge tone="warn" title="You can draw too; if both of you save, you are asked which to keep.">
                {region.holder.name} is at it
              </Badge>
            )}
            {region.state !== "open" && (
              <Badge tone={region.state === "done" ? "good" : "warn"}>
                {region.state}
                {region.skipReason && `: ${region.skipReason}`}
              </Badge>
            )}
          </div>
          <p
            className="truncate text-[13px] leading-5 text-ink-soft"
            title={
              region.targetCaption
                ? `Before: ${region.sourceCaption}\nAfter: ${region.targetCaption}`
                : region.sourceCaption
            }
          >
            {region.targetCaption ? (
              <WordDiff before={region.sourceCaption} after={region.targetCaption} />
            ) : (
              region.sourceCaption
            )}
          </p>
        </div>
      ) : (
        <Heading className="flex-1 text-[17px] font-semibold">{title}</Heading>
      )}
      <div
        role="toolbar"
        aria-label="Region"
        className="flex shrink-0 items-center gap-1.5 max-md:w-full max-md:justify-end"
      >
        {decisions.map((action) => (
          <ActionButton
            key={action.id}
            action={action}
            size="small"
            look={action.id === "finish" ? "primary" : action.id === "skip" ? "plain" : "quiet"}
            className={action.id === "back" ? "max-xl:hidden" : ""}
          />
        ))}
        {region && panels && <ActionButton action={panels} look="quiet" size="small" className="md:hidden" />}
        {more && (
          <ActionButton action={more} look="quiet" size="small" showKey={false} className="max-xl:hidden" />
        )}
        <ActionButton action={help} look="quiet" size="small" />
      </div>
    </header>
  );
}
