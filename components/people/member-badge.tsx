"use client";

import { useQuery } from "@tanstack/react-query";
import { Button } from "@/components/ui/button";
import { useToasts } from "@/components/ui/toasts";
import { api } from "@/lib/api/client";

/** Who works in this browser, with the way out for who signed in. */
export function MemberBadge() {
  const toasts = useToasts();
  const me = useQuery(api.people.me.queryOptions({ retry: false, staleTime: 300_000 }));
  if (!me.data) return null;
  const { name, role, signedIn } = me.data;
  const signOut = async () => {
    const answer = await fetch("/api/sign-out", { method: "POST" }).catch((error: unknown) => error);
    if (answer instanceof Response && answer.ok) window.location.assign("/sign-in");
    else
      toasts.complain(
        answer instanceof Error ? answer : new Error("You could not be signed out; try again."),
      );
  };
  return (
    <div className="flex items-center gap-2 text-[13px]">
      <span
        aria-hidden
        className="flex size-6 shrink-0 items-center justify-center rounded-full bg-accent-soft text-xs font-semibold text-accent"
      >
        {initialsOf(name)}
      </span>
      <span className="min-w-0 flex-1 truncate" title={`${name}, ${role}`}>
        {name}
      </span>
      {signedIn && (
        <Button size="small" look="quiet" onClick={signOut}>
          Sign out
        </Button>
      )}
    </div>
  );
}

export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/);
  const letters = words.length > 1 ? [words[0], words.at(-1)] : [name];
  return letters
    .map((word) => [...(word ?? "")][0] ?? "")
    .join("")
    .toUpperCase();
}
