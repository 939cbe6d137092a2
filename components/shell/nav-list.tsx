"use client";

import Link from "next/link";
import { classNames } from "@/components/ui/class-names";
import { countOf, formatCount } from "@/components/ui/format";
import { LineIcon } from "./icons";
import { isCurrent, navItems } from "./nav";
import { useOverview } from "./studio-state";

interface NavListProps {
  path: string;
  /** Classes of the words, which a rail hides from the eye. */
  wordsClass?: string;
  onGo?: () => void;
}

/** The pages, with how many samples wait for review. */
export function NavList({ path, wordsClass = "", onGo }: NavListProps) {
  const pending = useOverview()?.funnel.pending ?? 0;
  return (
    <ul className="flex flex-col gap-0.5">
      {navItems.map((item) => {
        const current = isCurrent(item, path);
        return (
          <li key={item.href}>
            <Link
              href={item.href}
              title={item.label}
              aria-current={current ? "page" : undefined}
              {...(onGo && { onClick: onGo })}
              className={classNames(
                "flex h-9 items-center gap-2.5 rounded-md px-2 font-medium",
                current ? "bg-accent-soft text-accent" : "text-ink-soft hover:bg-sunken hover:text-ink",
              )}
            >
              <LineIcon path={item.icon} />
              <span className={wordsClass}>{item.label}</span>
              {item.href === "/review" && pending > 0 && (
                <span
                  className={classNames("ml-auto text-xs tabular-nums", wordsClass)}
                  title={`${countOf(pending, "sample waits", "samples wait")} for review`}
                >
                  {formatCount(pending)}
                </span>
              )}
            </Link>
          </li>
        );
      })}
    </ul>
  );
}
