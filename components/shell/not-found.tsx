import Link from "next/link";
import { buttonClass } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

interface NotFoundProps {
  /** What the address names: "run". */
  what?: string;
  /** Where the others are. */
  list?: { href: string; label: string };
}

/** In place of a page whose address names nothing that is there. */
export function NotFound({ what = "page", list = { href: "/", label: "To the dashboard" } }: NotFoundProps) {
  return (
    <div className="flex h-full items-center justify-center p-8">
      <EmptyState
        title={`There is no such ${what}`}
        heading="h1"
        actions={
          <Link href={list.href} className={buttonClass({ look: "primary" })}>
            {list.label}
          </Link>
        }
      >
        The address may be mistyped, or what was here has been withdrawn or deleted.
      </EmptyState>
    </div>
  );
}
