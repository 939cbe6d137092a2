"use client";

import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { api } from "@/lib/api/client";
import { type Ability, roleMay, whoMay } from "@/lib/domain/abilities";

/** Why whoever works in this browser may not do such things; null where they may, or where that is not known yet. */
export function useRefusal(ability: Ability): string | null {
  const me = useQuery(api.people.me.queryOptions({ retry: false, staleTime: 300_000 }));
  if (!me.data || roleMay(me.data.role, ability)) return null;
  return `You are here as ${/^[aeiou]/.test(me.data.role) ? "an" : "a"} ${me.data.role}; this is for ${whoMay(ability)}.`;
}

interface PermissionProps {
  to: Ability;
  children: ReactNode;
}

/** Controls that only some may use; nothing for the others. */
export function Allowed({ to, children }: PermissionProps) {
  return useRefusal(to) === null && children;
}

interface LockedProps extends PermissionProps {
  /** Where no page's frame is around it. */
  padded?: boolean;
}

/** What everybody may look at and only some may use: for the others its controls are off, under a line that says why. */
export function Locked({ to, padded, children }: LockedProps) {
  const refusal = useRefusal(to);
  if (refusal === null) return children;
  return (
    <>
      <div className={padded ? "px-8 pt-8" : "mb-6"}>
        <p role="note" className="rounded-lg bg-sunken px-4 py-2.5 text-ink-soft">
          {refusal}
        </p>
      </div>
      <fieldset disabled className="min-w-0">
        {children}
      </fieldset>
    </>
  );
}
