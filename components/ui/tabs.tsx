"use client";

import Link from "next/link";
import { classNames } from "./class-names";

/** The parts of a page as links, so that each has an address. */
export function Tabs({
  label,
  tabs,
  current,
}: {
  label: string;
  tabs: readonly { href: string; id: string; label: string }[];
  current: string;
}) {
  return (
    <nav aria-label={label} className="mb-5 flex gap-1 border-b border-line">
      {tabs.map(({ href, id, label }) => (
        <Link
          key={id}
          href={href}
          scroll={false}
          aria-current={id === current ? "page" : undefined}
          className={classNames(
            "-mb-px border-b-2 px-3 py-2 font-medium",
            id === current ? "border-accent text-accent" : "border-transparent text-ink-soft hover:text-ink",
          )}
        >
          {label}
        </Link>
      ))}
    </nav>
  );
}
