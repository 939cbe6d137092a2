"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useConnected } from "@/components/live/live-updates";
import { MemberBadge } from "@/components/people/member-badge";
import { Presence } from "@/components/people/presence";
import { classNames } from "@/components/ui/class-names";
import { api } from "@/lib/api/client";
import { navItems } from "./nav";
import { ThemeSwitch } from "./theme-switch";

/** Navigation with the state of the studio at its foot. */
export function Sidebar() {
  const path = usePathname();
  const overview = useQuery(api.project.overview.queryOptions({ refetchInterval: 15_000 }));
  const pending = overview.data?.funnel.pending ?? 0;
  // The desks need the width for their pictures.
  const narrow = path.startsWith("/masks/") || path === "/review" || path === "/review/batch";
  if (narrow) return <Rail path={path} />;
  return (
    <nav aria-label="Main" className="flex w-52 shrink-0 flex-col border-r border-line bg-panel px-3 py-4">
      <Link href="/" className="mb-5 flex items-center gap-2.5 px-2">
        <Mark />
        <span className="text-[17px] font-semibold tracking-tight">Pentimento</span>
      </Link>
      <ul className="flex flex-col gap-0.5">
        {navItems.map((item) => {
          const current = item.href === "/" ? path === "/" : path.startsWith(item.href);
          return (
            <li key={item.href}>
              <Link
                href={item.href}
                aria-current={current ? "page" : undefined}
                className={classNames(
                  "flex h-9 items-center gap-2.5 rounded-md px-2 font-medium",
                  current ? "bg-accent-soft text-accent" : "text-ink-soft hover:bg-sunken hover:text-ink",
                )}
              >
                <svg
                  aria-hidden="true"
                  viewBox="0 0 20 20"
                  className="size-5 fill-none stroke-current"
                  strokeWidth="1.5"
                  strokeLinecap="round"
                  strokeLinejoin="round"
                >
                  <path d={item.icon} />
                </svg>
                {item.label}
                {item.href === "/review" && pending > 0 && (
                  <span className="ml-auto text-xs tabular-nums" title={`${pending} samples wait for review`}>
                    {pending.toLocaleString("en")}
                  </span>
                )}
              </Link>
            </li>
          );
        })}
      </ul>
      <div className="mt-auto flex flex-col gap-3 px-2">
        <Presence />
        <MemberBadge />
        <StudioState workers={overview.data?.workers} />
        <ThemeSwitch />
      </div>
    </nav>
  );
}

/** The navigation as icons alone. */
function Rail({ path }: { path: string }) {
  return (
    <nav
      aria-label="Main"
      className="flex w-13 shrink-0 flex-col items-center gap-0.5 overflow-y-auto border-r border-line bg-panel py-2.5"
    >
      {navItems.map((item) => {
        const current = item.href !== "/" && path.startsWith(item.href);
        return (
          <Link
            key={item.href}
            href={item.href}
            aria-label={item.label}
            title={item.label}
            aria-current={current ? "page" : undefined}
            className={classNames(
              "flex size-9 shrink-0 items-center justify-center rounded-md",
              current ? "bg-accent-soft text-accent" : "text-ink-soft hover:bg-sunken hover:text-ink",
            )}
          >
            <svg
              aria-hidden="true"
              viewBox="0 0 20 20"
              className="size-5 fill-none stroke-current"
              strokeWidth="1.5"
              strokeLinecap="round"
              strokeLinejoin="round"
            >
              <path d={item.icon} />
            </svg>
          </Link>
        );
      })}
      <div className="mt-auto">
        <Presence upright />
      </div>
    </nav>
  );
}

function StudioState({ workers }: { workers: { activity: string }[] | undefined }) {
  const connected = useConnected();
  const busy = workers?.find((worker) => worker.activity !== "waiting");
  const [tone, text] = !connected
    ? ["bg-bad", "Studio does not answer"]
    : !workers
      ? ["bg-line-strong", "Connecting"]
      : workers.length === 0
        ? ["bg-warn", "No worker is running"]
        : ["bg-good", busy ? `Worker: ${busy.activity}` : "Worker is waiting"];
  return (
    <p role="status" className="flex items-start gap-2 text-xs text-ink-soft">
      <span aria-hidden className={classNames("mt-1 size-2 shrink-0 rounded-full", tone)} />
      {text}
    </p>
  );
}

/** Two brush strokes, the earlier one showing through. */
function Mark() {
  return (
    <svg aria-hidden="true" viewBox="0 0 24 24" className="size-6">
      <path d="M4 17C7 7 13 5 20 4c-2 6-6 12-16 13z" className="fill-accent opacity-35" />
      <path d="M5 20c1-8 5-12 13-13-1 7-5 12-13 13z" className="fill-accent" />
    </svg>
  );
}
