"use client";

import { classNames } from "@/components/ui/class-names";
import { initialsOf } from "./member-badge";
import { useOthers } from "./presence-provider";

/** Who else looks at what this page shows. */
export function Presence({ upright = false }: { upright?: boolean }) {
  const same = useOthers().filter((other) => other.same);
  if (same.length === 0) return null;
  const text = `${same.map(({ name }) => name).join(", ")} ${same.length === 1 ? "is" : "are"} here too`;
  return (
    <div
      role="status"
      aria-label={text}
      title={text}
      className={classNames("flex items-center", upright ? "flex-col -space-y-1.5" : "-space-x-1.5")}
    >
      {same.slice(0, 4).map(({ memberId, name }) => (
        <span
          key={memberId}
          aria-hidden
          className={classNames(
            "flex size-6 items-center justify-center rounded-full border-2 border-panel bg-accent-soft",
            "text-[11px] font-semibold text-accent",
          )}
        >
          {initialsOf(name)}
        </span>
      ))}
      {same.length > 4 && <span className="pl-3 text-xs text-ink-soft">+{same.length - 4}</span>}
    </div>
  );
}
