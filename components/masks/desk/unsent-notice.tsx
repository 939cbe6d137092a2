"use client";

import Link from "next/link";
import { useEffect, useState } from "react";
import { buttonClass } from "@/components/ui/button";
import { formatMoment } from "@/components/ui/format";
import { maskDeskHref } from "../desk-links";
import { listUnsent } from "../sync/list-unsent";

/** Masks with strokes that only this browser has: opening one sends them. */
export function UnsentNotice() {
  const [unsent, setUnsent] = useState<{ regionId: string; updatedAt: number }[]>([]);
  // The browser's storage is the external system.
  useEffect(() => {
    let stale = false;
    listUnsent().then(
      (found) => !stale && setUnsent(found),
      () => {},
    );
    return () => {
      stale = true;
    };
  }, []);
  if (unsent.length === 0) return null;
  return (
    <section aria-label="Unsent strokes" className="mb-6 rounded-xl border border-warn/50 bg-warn-soft p-4">
      <p className="font-medium text-warn">
        {unsent.length === 1 ? "One mask has" : `${unsent.length} masks have`} strokes that are only on this
        computer. Open {unsent.length === 1 ? "it" : "each"} to send them.
      </p>
      <ul className="mt-2 flex flex-wrap gap-2">
        {unsent.slice(0, 12).map(({ regionId, updatedAt }) => (
          <li key={regionId}>
            <Link href={maskDeskHref({ regionId })} className={buttonClass({ size: "small" })}>
              Drawn {formatMoment(new Date(updatedAt))}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
